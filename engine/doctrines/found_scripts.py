"""The best scripts of the scenarios that come along, written by `python -m game.finding_scripts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOUND: Final[Mapping[str, str]] = {}
"""By `known_scripts.key`, each as `known_scripts.written` writes it."""
