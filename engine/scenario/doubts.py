"""What plays, but hardly as meant: warnings for a file without errors.

Importing this module imports pydantic.
"""

from __future__ import annotations

from engine.scenario.drafts import Draft
from engine.scenario.format import File
from engine.scenario.report import Report


def doubts(file: File, sold: tuple[Draft, ...], report: Report) -> None:
    """Reports what an author would want to know before others play this."""
