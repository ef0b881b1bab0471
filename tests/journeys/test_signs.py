"""Where a terminal has only ASCII, everything that is drawn is ASCII, and nothing shifts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest.importorskip("pexpect", reason="a pseudo-terminal is driven by pexpect")
if not hasattr(os, "openpty"):
    pytest.skip("this platform has no pseudo-terminals", allow_module_level=True)

from tests.journeys.terminal import Terminal

POOR = ({"LC_ALL": "", "LC_CTYPE": "", "LANG": "C"}, {"LC_ALL": "POSIX"}, {"TERM": "linux"})
SHOP = """\
format: 1
id: cafe
title: Le Café – “une visite”
situation: Ça va…
teaches: [plan-a]
briefing: René asks → what?
offer: {name: Cup, price: 20, floor: 8, currency: EUR}
ceiling: 100%
calendar: {start: Mon 09:00, deadline: 2d}
buyer: {name: René, real: 100%, ready: 0m, patience: 30m}
needs:
  dry: {says: Dry…, weight: 40}
lines:
  where-to: {kind: open-question, say: Où?, reveals: dry}
  this-one: {kind: present, say: This one., meets: dry}
  have-it: {kind: ask-for-decision, say: Yes?}
  some-day: {kind: vague-follow-up, say: Any time.}
"""


@pytest.mark.parametrize("settings", POOR, ids=["LANG=C", "POSIX", "linux"])
def test_screens_and_lines_are_drawn_in_ascii(tmp_path: Path, settings: dict[str, str]) -> None:
    (tmp_path / "cafe.yaml").write_text(SHOP, encoding="utf-8")
    linux = settings.get("TERM") == "linux"
    name = "René" if linux else "Rene"
    screens = Terminal(tmp_path, "play", str(tmp_path / "cafe.yaml"), "--seed", "7", settings=settings)
    screens.see("seed 7", "Start Enter")
    screens.press("\r")
    shown = screens.see(f"{name}, in person", "patience   =")
    screens.press("q")
    assert screens.left() == 0
    lines = Terminal(
        tmp_path, "play", str(tmp_path / "cafe.yaml"), "--seed", "7", "--plain", "--new", settings=settings
    )
    lines.see(f'Le Caf{"é" if linux else "e"} - "une visite"', f"{name} asks > what?", "Yes?")
    lines.press("q\r")
    assert lines.left() == 0
    allowed = {each for each in "éÇù" if linux}
    assert {each for each in shown + screens.raw + lines.raw if not each.isascii()} <= allowed
    width = max(len(line) for line in shown.split("\n"))
    assert width <= 80
