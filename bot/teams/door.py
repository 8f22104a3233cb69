"""The web door: who knocks is verified before what they say is read."""

import json
import logging
import secrets
from collections import Counter
from collections.abc import Mapping, Set
from time import monotonic
from typing import Any

from aiohttp import web

from bot.connections import connection_of
from bot.meters import Meters, NoMeters
from bot.signs import NoWitness, Witness, of_activity, of_refusal
from bot.tally import Tally
from bot.teams.adapter import TeamsAdapter, TeamsBot
from bot.teams.body import BadBody, read_body
from bot.teams.read import NotATurn
from bot.teams.verify import Refused, Verifier, admit
from bot.turns import Desk

log = logging.getLogger(__name__)

_KINDS = frozenset(
    {"message", "installationUpdate", "conversationUpdate", "messageReaction", "adaptiveCard/action"}
    | {"task/fetch", "task/submit", "composeExtension/fetchTask", "composeExtension/submitAction"}
    | {"composeExtension/query", "fileConsent/invoke"}
)


class Door:
    """`POST /api/messages`."""

    def __init__(
        self,
        verifier: Verifier,
        desk: Desk,
        tenant_ids: Set[str],
        meters: Meters | None = None,
        witness: Witness | None = None,
    ) -> None:
        self._meters = meters or NoMeters()
        self._witness = witness or NoWitness()
        self._verifier = verifier
        self._tenant_ids = tenant_ids
        self._adapter = TeamsAdapter()
        self._bot = TeamsBot(desk)
        self._tally = Tally(log, "refused at the door")
        self.refusals: Counter[str] = Counter()

    async def messages(self, request: web.Request) -> web.Response:
        """One activity in; 200, or an invoke's answer. Nobody is told why they were refused."""
        try:
            principal = await self._verifier.verify(request.headers.getall("Authorization", []))
            if (connection := connection_of(request)) is not None:
                connection.trusted()
            activity = _decode(await read_body(request))
            if activity is None:
                return web.Response(status=400)
            admit(principal, activity, self._tenant_ids)
        except Refused as refusal:
            self.refusals[refusal.reason] += 1
            self._meters.refused(refusal.reason)
            if (sign := of_refusal(refusal.reason)) is not None:
                self._witness.saw(sign)
            self._tally.count(f"{refusal.status} {refusal.reason}")
            return web.Response(status=refusal.status)
        except BadBody as bad:
            return web.Response(status=bad.status)
        for sign in of_activity(activity["type"]):
            self._witness.saw(sign)
        began = monotonic()
        try:
            return await self._dispatch(activity)
        finally:
            self._meters.turn(_kind(activity), monotonic() - began)

    async def _dispatch(self, activity: Mapping[str, Any]) -> web.Response:
        try:
            answer = await self._adapter.process(activity, self._bot)
        except NotATurn:
            return web.Response(status=400)
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("a turn failed, reference %s", reference)
            return web.json_response({"reference": reference}, status=500)
        if answer is None:
            return web.Response(status=200)
        return web.json_response(answer.body, status=answer.status, dumps=_dumps)


def _kind(activity: Mapping[str, Any]) -> str:
    """What counts as one kind of turn: of invokes their names; whatever else a client says is one."""
    kind = activity["name"] if activity["type"] == "invoke" and "name" in activity else activity["type"]
    return kind if isinstance(kind, str) and kind in _KINDS else "other"


def _dumps(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _decode(body: bytes) -> Mapping[str, Any] | None:
    """The activity in *body*, None when it is no JSON object of the least shape the SDK can carry."""
    try:
        activity = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(activity, dict) or not isinstance(activity.get("type"), str):
        return None
    return activity
