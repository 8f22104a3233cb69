"""`saved`, `recent`, `save`, `run`, `rename`, `forget` and the names behind them → commands."""

from bot.commands import (
    AskName,
    Command,
    ForgetKept,
    Named,
    RenameKept,
    RunKept,
    SaveSearch,
    ShowRecent,
    ShowSaved,
)
from bot.cursor import ParseError
from bot.tokens import Token
from bot.values import read_name
from bot.vocabulary import RENAMED_TO

KEPT_COMMANDS = ("saved", "recent", "save", "run", "rename", "forget")


def read_kept(command: str | None, text: str, said: Token, rest: list[Token]) -> Command:
    """The command that *said* names, of `KEPT_COMMANDS`; *rest* is what follows it in *text*.

    A command that lacks its name asks for it, or shows those there are. Raises: ParseError.
    """
    match command:
        case "recent":
            return ShowRecent()
        case "save":
            return SaveSearch(_name(text, said, rest)) if rest else AskName()
        case "run" if rest:
            return RunKept(Named(_name(text, said, rest)))
        case "forget" if rest:
            return ForgetKept(Named(_name(text, said, rest)))
        case "rename" if rest:
            return _rename(text, said, rest)
        case _:
            return ShowSaved()


def _rename(text: str, said: Token, rest: list[Token]) -> RenameKept:
    """`rename a to b`, or two names, each in quotes if it has spaces."""
    at = next((i for i, token in enumerate(rest) if token.key in RENAMED_TO), None)
    if at is None and len(rest) == 2:
        return RenameKept(Named(_name(text, said, rest[:1])), _name(text, said, rest[1:]))
    if at is None:
        raise ParseError(text, rest[-1].end, 0, "new_name")
    return RenameKept(Named(_name(text, said, rest[:at])), _name(text, rest[at], rest[at + 1 :]))


def _name(text: str, before: Token, words: list[Token]) -> str:
    if not words:
        raise ParseError(text, before.end, 0, "name")
    start, end = words[0].position, words[-1].end
    name = read_name(words[0].text if len(words) == 1 else text[start:end])
    if name is None:
        raise ParseError(text, start, end - start, "name")
    return name
