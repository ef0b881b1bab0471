"""However a program ends, and whoever else plays, what was shown is kept."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ENDS = Path(__file__).with_name("many_ends.py")
ROUNDS = int(os.environ.get("FIRSTVISIT_ROUNDS", "10"))
"""Set it higher for a longer look."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children that are killed are forked")


@pytest.mark.parametrize("what", ["killed", "races", "full"])
def test_nothing_that_was_shown_is_lost(what: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ENDS), what, str(tmp_path), str(ROUNDS)],
        stdout=subprocess.PIPE,
        check=True,
        cwd=ENDS.parents[3],
        env={**os.environ, "PYTHONPATH": str(ENDS.parents[3])},
    )
    assert json.loads(done.stdout) == []
