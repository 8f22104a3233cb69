"""What can stand behind `python app.py`, and how findings are written for a terminal or a program."""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.doctor.consulting import lines_of
from bot.doctor.findings import Finding, Severity, worst
from cards import doctor
from cards.reader import Reader, reader_of


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is to be done, and how; `do` is "" for running the bot."""
    parser = argparse.ArgumentParser(prog="app.py", description="What happened to that mail?")
    parser.set_defaults(do="")
    commands = parser.add_subparsers(metavar="COMMAND", title="instead of running the bot")
    examine = commands.add_parser("doctor", help="say what is wrong with this installation")
    examine.set_defaults(do="doctor")
    examine.add_argument("--json", action="store_true", help="for programs")
    pack = commands.add_parser("package", help="make the app package that Teams takes")
    pack.set_defaults(do="package")
    pack.add_argument("--out", type=Path, default=Path("mail-trace.zip"), help="the file (%(default)s)")
    pack.add_argument("--version", default="1.0.0", help="higher than the last one uploaded (%(default)s)")
    pack.add_argument("--without-slash", action="store_true", help="for a Teams without slash commands yet")
    audit = commands.add_parser("audit", help="write the record of who looked at what as a CSV")
    audit.set_defaults(do="audit")
    audit.add_argument("words", nargs="*", help="what stands behind “audit” in a chat: last 30d by sato")
    audit.add_argument("--out", type=Path, default=Path("audit.csv"), help="the file (%(default)s)")
    return parser.parse_args(arguments)


def reader_from(environment: Mapping[str, str]) -> Reader:
    """Who sits at a terminal with *environment*: Japanese where it says so."""
    language = environment.get("LC_ALL") or environment.get("LANG") or ""
    return reader_of("ja-JP" if language.startswith("ja") else "en-US", "", ZoneInfo("UTC"))


def tell(findings: Sequence[Finding], reader: Reader, *, as_json: bool) -> Iterator[str]:
    """*findings*, the worst first: lines for a person, or one JSON object."""
    lines, severity = lines_of(findings), worst(findings)
    if not as_json:
        yield from doctor.spell(lines, severity, reader)
        return
    told = [_as_object(line, reader) for line in lines]
    yield json.dumps({"worst": severity, "findings": told}, ensure_ascii=False, indent=2)


def _as_object(line: doctor.Line, reader: Reader) -> dict[str, object]:
    return {
        "check": line.check,
        "severity": line.severity,
        "reason": line.reason,
        "step": line.step or None,
        "facts": dict(line.facts),
        **doctor.words(line, reader),
    }


def exit_code(findings: Sequence[Finding]) -> int:
    """0 in order, 1 something needs mending, 2 the settings do not even let us look."""
    if any(finding.reason == "settings_wrong" for finding in findings):
        return 2
    return 1 if worst(findings) is Severity.FAULT else 0
