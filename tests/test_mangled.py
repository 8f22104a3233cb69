"""A thousand activities that make no sense, and a bot that goes on."""

import random
from pathlib import Path

import pytest

from demo.company import SATO, TANAKA
from tests.line import Line
from tests.mangling import mangled
from tests.samples import ACTIVITIES, activity

COUNT = 1_000


async def test_nothing_breaks_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever an activity holds, the door answers without a 5xx; nothing unexpected is logged."""
    rng = random.Random(20261123)
    answers: dict[int, int] = {}
    async with Line(tmp_path) as line:
        for number in range(COUNT):
            person = rng.choice((SATO, TANAKA))
            sample = activity(
                rng.choice(list(ACTIVITIES)), id=f"mangled-{number}", serviceUrl=line.service_url
            )
            sample["from"] = {"id": person.teams_id, "aadObjectId": person.aad_object_id}
            body = mangled(sample, rng)
            status = (await line.knock(body)).status
            answers[status] = answers.get(status, 0) + 1

            assert status < 500, body[:2_000]
    unexpected = [record for record in caplog.records if record.exc_info or record.levelname == "ERROR"]

    assert [record.getMessage() for record in unexpected] == []
    # The mutations are not so wild that all of them end at the first check.
    assert answers[200] > COUNT / 4
    assert answers[400] > COUNT / 20
