"""One entry of a vendor's list of status codes."""

from dataclasses import dataclass

from tracing.causes import Cause


@dataclass(frozen=True)
class Listed:
    """`codes` is a code or a range such as `5.7.606-649`, both ends included; `page` is Microsoft's, or "".

    `vague`: the vendor uses it for several causes; the words beside it say more.
    """

    codes: str
    cause: Cause
    page: str = ""
    vague: bool = False

    def holds(self, detail: int) -> bool:
        """Whether the range holds a code whose last number is *detail*."""
        first, last = self.codes.rpartition(".")[2].split("-")
        return int(first) <= detail <= int(last)
