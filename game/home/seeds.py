"""Seeds for those who name none."""

from __future__ import annotations

import secrets

_EASY = 1_000_000
"""Drawn ones stay below this, so that two people can tell each other theirs."""


def new_seed() -> int:
    """Return a seed for a run that names none."""
    return secrets.randbelow(_EASY)
