"""Real parts that some tests need: a browser, a database, a store of learning records."""

from __future__ import annotations

import os

import pytest


def need(part: object, missing: str) -> None:
    """Skips a test or a module whose part is not there, and says what is `missing`.

    Where FIRSTVISIT_TEST_ALL is set it fails instead: a machine that is meant to have every part would otherwise be
    green without having tried them.
    """
    if part:
        return
    if os.environ.get("FIRSTVISIT_TEST_ALL"):
        pytest.fail(f"FIRSTVISIT_TEST_ALL is set, but: {missing}", pytrace=False)
    pytest.skip(missing, allow_module_level=True)
