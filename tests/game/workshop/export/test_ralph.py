"""Learning records sent to Ralph, a learning record store that is in use.

FIRSTVISIT_TEST_RALPH names a Python in whose environment `ralph-malph[cli,lrs]` and `requests` are installed.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.workshop.export.outbox import Delivery, Outbox, deliver, lrs_at
from tests.game.workshop.export.test_xapi import MADE
from tests.parts import need

PYTHON = os.environ.get("FIRSTVISIT_TEST_RALPH", "")
need(PYTHON, "FIRSTVISIT_TEST_RALPH does not name a Python with Ralph in it")
USER, PASSWORD = "trainer", "chalk"
APPENDING = """\
from ralph.backends.data.base import BaseOperationType
from ralph.backends.lrs.fs import FSLRSBackend
FSLRSBackend.default_operation_type = BaseOperationType.APPEND  # in files it takes one batch otherwise
from ralph.api import app
"""
VALID = """\
import sys
from ralph.models.xapi.base.statements import BaseXapiStatement
for line in sys.stdin:
    BaseXapiStatement.model_validate_json(line)
"""


@pytest.fixture(scope="module")
def ralph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Ralph, without a database."""
    folder = tmp_path_factory.mktemp("ralph")
    (folder / "data").mkdir()
    (folder / "appending.py").write_text(APPENDING)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        **os.environ,
        "RALPH_AUTH_FILE": str(folder / "auth.json"),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(folder / "data"),
        "RALPH_BACKENDS__LRS__FS__DEFAULT_LRS_FILE": "statements.jsonl",
    }
    who = ["-u", USER, "-p", PASSWORD, "-s", "all", "-M", "mailto:trainer@example.org", "-N", USER, "-w"]
    ralph = [str(Path(PYTHON).with_name("ralph")), "auth", *who]
    subprocess.run(ralph, cwd=folder, env=settings, check=True, capture_output=True)
    serve = [PYTHON, "-m", "uvicorn", "appending:app", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(serve, cwd=folder, env=settings, stderr=subprocess.DEVNULL) as running:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}/xAPI"
        finally:
            running.terminate()


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("Ralph does not answer")


def test_ralph_takes_every_statement_once(ralph: str, tmp_path: Path) -> None:
    for number in range(2):
        outbox = Outbox(tmp_path / f"{number}.outbox")
        outbox.put(MADE)
        assert deliver(outbox, lrs_at(ralph, USER, PASSWORD)) == Delivery(len(MADE), 0, ())


def test_ralph_does_not_know_another_password(ralph: str, tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "wrong.outbox")
    outbox.put(MADE)
    found = deliver(outbox, lrs_at(ralph, USER, "guess"))
    assert found.waiting == len(MADE)
    assert "(401)" in found.trouble


def test_every_statement_is_one_by_ralphs_model() -> None:
    lines = "".join(f"{json.dumps(each)}\n" for _, each in MADE)
    subprocess.run([PYTHON, "-c", VALID], input=lines, text=True, check=True)
