"""What all tests share."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path
from shutil import rmtree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# a shell that starts the tests in the background lets Ctrl+C be ignored, and nohup a hang-up: whatever the tests start
# would ignore it too
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# whoever runs the tests may have a system in German, and the program follows it
for name in ("LC_ALL", "LC_MESSAGES"):
    os.environ.pop(name, None)
os.environ["LANG"] = "C.UTF-8"

# Textual keeps what a thousand closed widgets looked like, and Python walks over all of it again and again in search of
# garbage: a third of the time of the screens' tests
gc.set_threshold(100_000, 10, 50)
gc.disable()  # until all is loaded, of which next to nothing is garbage


def pytest_configure(config: pytest.Config) -> None:
    """Let the programs that the tests start keep what Python compiles for them, even where a shell forbids that: each
    would compile all that it imports. Where it is forbidden, nothing of it is left behind.

    Each process gets a stretch of the tests, and who is done some of another's: those that share something are
    together, and those that wait for a program that they have started last as long as those that compute."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        before = _compiled()
        config.add_cleanup(lambda: _remove(_compiled() - before))
    if config.getoption("dist", "no") == "load":
        config.option.dist = "worksteal"


def _compiled() -> set[Path]:
    """The folders of this checkout that hold what Python has compiled."""
    here = Path(__file__).parents[1]
    return {
        folder for name in ("engine", "game", "scenarios", "tests") for folder in (here / name).rglob("__pycache__")
    }


def _remove(folders: set[Path]) -> None:
    for folder in folders:
        rmtree(folder, ignore_errors=True)


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and need not be looked at again.

    Before its first example, Hypothesis asks the garbage collector who else knows its source of random numbers, and
    warns if nobody does; what is frozen is not counted. So it draws an example of nothing first."""
    _draw_nothing()
    gc.freeze()
    gc.enable()


@settings(derandomize=True, max_examples=1)
@given(st.none())
def _draw_nothing(_: None) -> None:
    pass


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """How many processes `-n auto` starts, unless the environment says so: twice as many as there are processors, since
    many tests wait for a program or a terminal that they have started."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1) * 2
