"""The bot, killed at a statement of its own: `python -m tests.attack.dying WORDS COUNT`.

The first statement that holds WORDS counts as none; the process is gone before it executes, or commits, the
COUNT-th after it.
"""

import os
import signal
import sys

from sqlalchemy import event
from sqlalchemy.engine import Engine

import app

WORDS, COUNT = sys.argv[1], int(sys.argv[2])
passed = -1


def on_statement(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
    global passed
    if passed >= 0 or WORDS in statement:
        step()


def on_commit(_connection: object) -> None:
    if passed >= 0:
        step()


def step() -> None:
    global passed
    passed += 1
    if passed >= COUNT:
        os.kill(os.getpid(), signal.SIGKILL)


event.listen(Engine, "before_cursor_execute", on_statement)
event.listen(Engine, "commit", on_commit)
sys.exit(app.main([]))
