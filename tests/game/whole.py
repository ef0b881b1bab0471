"""A small scenario in which nothing is wrong, not even a hint: what is shown of it is about what a test does to it."""

from __future__ import annotations

from typing import Final

from tests.game.conftest import KIOSK

WHOLE: Final = KIOSK.replace("say: Come back any time.}", "say: Come back any time., principle: You let them go.}")
