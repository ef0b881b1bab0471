"""The program of an author: one scenario, played while it is written."""

from __future__ import annotations

from pathlib import Path

from textual.screen import Screen

from game.programs.playing import Playing
from game.screens.preview import PreviewScreen


def show(path: Path, seed: int) -> int:
    """Open a preview in this terminal until somebody leaves. Returns the exit code."""
    return PreviewApp(path, seed).until_left()


class PreviewApp(Playing):
    """A preview, and nothing else."""

    CSS_PATH = ["../widgets/widgets.tcss", "../screens/preview.tcss"]  # noqa: RUF012 (the base class declares it)

    def __init__(self, path: Path, seed: int) -> None:
        super().__init__()
        self._file = path
        self._first_seed = seed

    def get_default_screen(self) -> Screen[None]:
        """There is nothing but the preview."""
        return PreviewScreen(self._file, self._first_seed)
