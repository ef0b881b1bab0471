"""A library of scenarios is listed at once: nothing slow is loaded before a file is validated."""

from __future__ import annotations

import subprocess
import sys

from tests.engine.scenario.shop import SHOP

PROGRAM = """
import sys
from engine.scenario import summary
text = sys.stdin.buffer.read()
assert summary(text, "shop.yaml").title == "The corner shop"
print([name for name in ("pydantic", "textual", "difflib", "sqlite3") if name in sys.modules])
"""


def test_a_summary_is_read_without_validating() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], input=SHOP, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
