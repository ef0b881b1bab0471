"""How long from saving a scenario until a preview shows it, and until plays have said what never comes up: medians.

    python tests/benchmarks/preview.py [ROUNDS]

Each bundled scenario in a window of 120 x 40, eight choices into it; each time with another patience, as where only
words are others nothing is played anew. Aim: 300 ms until it is shown, and a second until
200 plays have been looked at.
"""

from __future__ import annotations

import asyncio
import gc
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

import scenarios
from game.programs.author import PreviewApp
from game.screens.preview import PreviewScreen

CHOICES, PLAYS = 8, 200


class Moments:
    """When a preview has shown something, and when enough plays were looked at; 0 for not yet."""

    def __init__(self) -> None:
        self.shown = self.played = self.spent = 0.0

    def _note(self) -> None:
        self.shown, self.spent = time.perf_counter(), time.process_time()

    def watch(self) -> None:
        """Have every preview note them from now on."""
        show, found = PreviewScreen._show, PreviewScreen.on_preview_screen_found

        async def noted(screen: PreviewScreen, *, anew: bool = False) -> None:
            await show(screen, anew=anew)
            screen.call_after_refresh(self._note)

        def heard(screen: PreviewScreen, message: PreviewScreen.Found) -> None:
            found(screen, message)
            played = message.played
            if played.text == screen.preview.text and played.plays >= PLAYS and not self.played:
                self.played = time.perf_counter()

        PreviewScreen._show = noted  # type: ignore[assignment, method-assign]
        PreviewScreen.on_preview_screen_found = heard  # type: ignore[assignment, method-assign]


async def measure(moments: Moments, file: Path, text: str, rounds: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds from saving a scenario until it is shown, of a processor's time for that, and until plays were seen."""
    shown, spent, played = [], [], []
    file.write_text(text, encoding="utf-8")
    app = PreviewApp(file, 4)
    moments.played = 0.0
    async with app.run_test(size=(120, 40)) as pilot:
        for _ in range(CHOICES):
            await pilot.press("1")
            await pilot.pause(0.2)
        while not moments.played:
            await asyncio.sleep(0.05)
        gc.freeze()  # as the preview does in a real terminal
        for number in range(rounds):
            await asyncio.sleep(0.3 + 0.037 * number)  # anywhere between two looks at the file
            moments.shown = moments.played = 0.0
            begun, before = time.perf_counter(), time.process_time()
            file.write_text(
                re.sub(r"(patience: \d+m\.\.)(\d+)m", rf"\g<1>1{number:02}m", text, count=1), encoding="utf-8"
            )
            while not moments.played:
                await asyncio.sleep(0.002)
            shown.append(moments.shown - begun)
            spent.append(moments.spent - before)
            played.append(moments.played - begun)
    return shown, spent, played


def main(rounds: int) -> None:
    moments = Moments()
    moments.watch()
    print(f"median and worst of {rounds}, Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f}")
    for path in sorted(Path(next(iter(scenarios.__path__))).glob("*.yaml")):
        with tempfile.TemporaryDirectory() as home:
            os.environ.update(FIRSTVISIT_HOME=home, TEXTUAL_ANIMATIONS="none")
            taken = asyncio.run(measure(moments, Path(home) / "preview.yaml", path.read_text(encoding="utf-8"), rounds))
        shown, spent, played = taken
        print(
            f"{path.stem:24} shown {statistics.median(shown) * 1000:5.0f} {max(shown) * 1000:5.0f} ms   "
            f"of it processor {statistics.median(spent) * 1000:4.0f} {max(spent) * 1000:4.0f} ms   "
            f"{PLAYS} plays {statistics.median(played):5.2f} {max(played):5.2f} s"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
