"""Watches survive the death of those that work them."""

import pytest

from tests.watch_kills import run, run_digests


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_killed_at_any_moment(database_url: str) -> None:
    """Two processes share the watches; killed at random, nothing is lost, and what comes twice says so."""
    outcome = await run(database_url, rounds=3, seed=8)

    assert outcome.kills == 4
    assert not outcome.lost
    assert not outcome.unmarked


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_connections_cut(database_url: str) -> None:
    """Whose connections to the database end in the middle goes on with new ones, and loses nothing."""
    outcome = await run(database_url, rounds=2, seed=8, cut=True)

    assert outcome.kills == 0
    assert not outcome.lost
    assert not outcome.unmarked


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_digests_killed(database_url: str) -> None:
    """Every digest comes; one that comes twice was on its way at a kill, and says so."""
    outcome = await run_digests(database_url, rounds=2, seed=8)

    assert outcome.kills == 2
    assert not outcome.lost
    assert not outcome.unmarked
