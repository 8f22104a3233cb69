"""What is made of pip-audit's answer."""

from tests.advisories import judge

CLEAN = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
SKIPPED = {"name": "msal", "skip_reason": "not found"}
BAD = {"name": "httpx", "version": "0.28.1", "vulns": [{"id": "PYSEC-2026-1"}]}


def test_a_known_vulnerability_fails() -> None:
    """It is named with its package."""
    good, line = judge([CLEAN, BAD])

    assert not good
    assert "httpx 0.28.1: PYSEC-2026-1" in line


def test_nobody_answers() -> None:
    """No answer is no fault, and is not called a clean one."""
    good, line = judge(None)

    assert good
    assert "not looked for" in line


def test_what_was_not_looked_at_is_counted() -> None:
    """Packages that nobody knows are not counted among the clean ones."""
    assert judge([CLEAN, SKIPPED]) == (True, "no known vulnerabilities in 1 packages; of 1 nobody knows")
