"""Each kind of fault in its own words, with what to do; the conditions stay behind *again*."""

from datetime import timedelta

from cards.elements import (
    MAX_CARD_BYTES,
    Card,
    Press,
    actions,
    clean,
    container,
    execute,
    finish,
    plain,
    text,
)
from cards.reader import Reader
from cards.words import conditions
from tracing.errors import (
    AllowanceSpent,
    CredentialsRefused,
    DirectoryRefused,
    EmptyWindow,
    GraphGarbled,
    GraphSlow,
    GraphUnavailable,
    NoMailDomain,
    NotPermitted,
    PrerequisiteMissing,
    Throttled,
    TraceError,
    WindowTooOld,
)
from tracing.model import TraceQuery

CREATE_PREREQUISITE = "New-MgServicePrincipal -AppId {app_id}"

_TITLES = {
    "Throttled": "fault.throttled.title",
    "AllowanceSpent": "fault.allowance_spent.title",
    "NotPermitted": "fault.not_permitted.title",
    "PrerequisiteMissing": "fault.prerequisite_missing.title",
    "CredentialsRefused": "fault.credentials_refused.title",
    "GraphSlow": "fault.graph_slow.title",
    "GraphGarbled": "fault.graph_garbled.title",
    "NoMailDomain": "fault.no_mail_domain.title",
    "DirectoryRefused": "fault.directory_refused.title",
    "GraphUnavailable": "fault.graph_unavailable.title",
    "WindowTooOld": "fault.window_too_old.title",
    "EmptyWindow": "fault.empty_window.title",
    "Incomplete": "watch.incomplete",
}
"""What the kinds of fault are called."""

_CREDENTIALS = {
    "InvalidAuthenticationToken": "credentials.token",
    "AADSTS7000222": "credentials.expired",
    "AADSTS7000215": "credentials.wrong",
    "AADSTS700027": "credentials.certificate",
    "AADSTS700024": "credentials.clock",
    "AADSTS90002": "credentials.settings",
    "AADSTS700016": "credentials.settings",
}
"""https://learn.microsoft.com/entra/identity-platform/reference-error-codes"""


def render(
    error: Exception,
    query: TraceQuery | None,
    again: Press | None,
    reference: str,
    reader: Reader,
    refine: Press | None = None,
    back: Press | None = None,
) -> Card:
    """The card of *error*; *reference* is the id it has in the log, "" when it has none.

    *refine* opens the form with the conditions kept; *back* leads to the previous list.
    """
    kind, what = _words(error, reader)
    lines = [
        text(f"⚠️ {reader.say(f'fault.{kind}.title')}", weight="Bolder", size="Large"),
        text(what, spacing="Small"),
    ]
    body = [container(lines, style="warning", bleed=True)]
    if query is not None:
        body.append(conditions(query, reader))
    body.append(text(reader.say("fault.could_not_look"), isSubtle=True))
    if reference:
        body.append(text(reader.say("fault.id", id=reference), isSubtle=True, size="Small"))
    buttons = [execute(again, reader.say("button.again"))] if again else []
    if back is not None:
        buttons.append(execute(back, reader.say("detail.back")))
    if refine is not None:
        buttons.append(execute(refine, reader.say("button.refine")))
    return finish(body, reader.say("fault.summary"), reader.language, buttons)


def above(card: Card, error: Exception, again: Press, reference: str, reader: Reader) -> Card | None:
    """*card* unchanged, below the error and a button to try *again*; None if there is no room."""
    kind, what = _words(error, reader)
    lines = [
        text(f"⚠️ {reader.say(f'fault.{kind}.title')}", weight="Bolder"),
        text(what, spacing="Small"),
        *([text(reader.say("fault.id", id=reference), isSubtle=True, size="Small")] if reference else []),
        actions(execute(again, reader.say("button.try_again"))),
    ]
    note = plain(container(lines, style="warning", bleed=True))
    summary = reader.say("fault.summary")
    content = {**card.content, "fallbackText": summary, "body": [note, *card.content["body"]]}
    shown = Card(content, summary)
    return shown if shown.size < MAX_CARD_BYTES else None


def advice(error: Exception, reader: Reader) -> str:
    """What to do about *error*."""
    return _words(error, reader)[1]


def named(fault: str, reader: Reader) -> str:
    """What a fault is called that is known by the name of its kind alone, a reference perhaps behind it."""
    name, _, reference = fault.partition(" ")
    if name in _TITLES:
        return reader.say(_TITLES[name])
    return " · ".join(filter(None, (reader.say("fault.unexpected.title"), clean(reference, 20))))


def _words(error: Exception, reader: Reader) -> tuple[str, str]:
    """The kind of *error* and what to do about it."""
    if isinstance(error, TimeoutError):
        return "late", reader.say("fault.late.what")
    if not isinstance(error, TraceError):
        return "unexpected", reader.say("fault.unexpected.what")
    match error:
        case Throttled(retry_after=wait):
            return "throttled", reader.say("fault.throttled.what", when=_when(wait, reader))
        case AllowanceSpent():
            return "allowance_spent", reader.say("fault.allowance_spent.what")
        case NotPermitted(needed=needed):
            return "not_permitted", reader.say("fault.not_permitted.what", needed=clean(needed, 100))
        case PrerequisiteMissing(app_id=app_id):
            command = CREATE_PREREQUISITE.format(app_id=clean(app_id, 40))
            return "prerequisite_missing", reader.say("fault.prerequisite_missing.what", command=command)
        case CredentialsRefused(code=code):
            why = reader.say(_CREDENTIALS.get(code, "credentials.other"))
            shown = clean(code, 40) or "?"
            return "credentials_refused", reader.say("fault.credentials_refused.what", why=why, code=shown)
        case GraphSlow():
            return "graph_slow", reader.say("fault.graph_slow.what")
        case GraphGarbled():
            return "graph_garbled", reader.say("fault.graph_garbled.what")
        case GraphUnavailable():
            return "graph_unavailable", reader.say("fault.graph_unavailable.what")
        case WindowTooOld(oldest=oldest):
            return "window_too_old", reader.say("fault.window_too_old.what", oldest=reader.short(oldest))
        case EmptyWindow():
            return "empty_window", reader.say("fault.empty_window.what")
        case NoMailDomain():
            return "no_mail_domain", reader.say("fault.no_mail_domain.what")
        case DirectoryRefused(setting=setting) if setting:
            return "directory_refused", reader.say("fault.directory_refused.gone", setting=setting)
        case DirectoryRefused(status=status):
            return "directory_refused", reader.say("fault.directory_refused.what", status=status)
        case _:
            return "unexpected", reader.say("fault.unexpected.what")


def _when(wait: timedelta | None, reader: Reader) -> str:
    if wait is None:
        return reader.say("fault.wait_unknown")
    step = timedelta(minutes=1) if wait > timedelta(minutes=1) else timedelta(seconds=1)
    rounded = max(-(-wait // step), 1) * step
    return reader.say("fault.wait", duration=reader.duration(rounded))
