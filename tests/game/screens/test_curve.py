"""The curve of interest is drawn within its frame, whatever the run was like and whatever the window is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pytest
from textual.app import App, ComposeResult
from textual.containers import Container

from engine.course import CurvePoint
from engine.debrief import debrief
from engine.scenario import Scenario
from engine.units import DAY, HOUR
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.widgets.curve import Curve
from tests.engine.sales import BUNDLED
from tests.engine.test_changes import walk
from tests.game.screens.moves import SMALL, settle
from tests.game.screens.scripted import ScriptedRun
from tests.screenshots import FOLDER

SIZES = ((80, 24), (120, 40), (30, 9), (13, 6), (200, 50), (12, 5), (3, 1), (80, 24))
"""Windows in the order in which one is pulled from one to the next."""


CELL = 12.2
"""The width of a character in a picture."""


class Framed(App[None]):
    """A curve in a frame, with a sign all around it."""

    CSS = """
    Container { padding: 1 2; border: solid; height: 100%; }
    Curve { height: 100%; padding: 0 2; }
    """

    def compose(self) -> ComposeResult:
        with Container():
            yield Curve(id="curve")


def made_up(seed: int) -> tuple[CurvePoint, ...]:
    """A course of interest: short or long, flat or wild, of minutes or of decades."""
    chance = random.Random(seed)
    minute, points = chance.randrange(10 * DAY), list[CurvePoint]()
    for number in range(-1, chance.choice((0, 1, 2, 5, 40, 900))):
        interest = chance.choice((0, 1, 50, 99, 100, chance.randrange(101)))
        excitement = chance.choice((0, interest, chance.randrange(interest + 1)))
        quiet = number >= 0 and chance.random() < 0.3
        passed = chance.choice((0, 1, HOUR, 3 * DAY, 9000 * DAY)) if quiet else chance.randrange(9)
        if quiet and passed > HOUR:
            for part in range(1, 12):
                between = minute + passed * part // 12
                points.append(CurvePoint(between, interest, excitement, 0, 0, None, silence=True))
        minute += passed
        points.append(CurvePoint(minute, interest, excitement, 0, 0, number if number >= 0 else None, silence=quiet))
    return tuple(points)


def courses() -> Iterator[tuple[CurvePoint, ...]]:
    """Made up and played ones."""
    yield from (made_up(seed) for seed in range(40))
    for name in BUNDLED:
        yield from debrief(walk(name, 2, 80)[-1]).curves.values()


def outside(app: App[None], curve: Curve) -> list[str]:
    """What is drawn on the screen beyond the curve's own content."""
    inner = curve.content_region
    strange = []
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        for x, sign in enumerate(strip.text):
            if not inner.contains(x, y) and sign in "▁▂▃▄▅▆▇█⣀⣤⣶⣿┴▲╌":
                strange.append(f"{sign} at {x}, {y}")
    return strange


async def test_nothing_is_drawn_beyond_the_frame_while_the_window_changes() -> None:
    app = Framed()
    async with app.run_test(size=SIZES[0]) as pilot:
        curve = app.query_one(Curve)
        for number, points in enumerate(courses()):
            curve.show(points, {point.move: "1" for point in points[-2:] if point.move is not None})
            curve.select(points[-1].move)
            await pilot.resize_terminal(*SIZES[number % len(SIZES)])
            await pilot.pause()
            assert not outside(app, curve), (number, app.size)
            lines = [curve.render_line(y) for y in range(curve.content_size.height)]
            assert {line.cell_length for line in lines} <= {curve.content_size.width}, (number, app.size)


async def test_the_curve_of_a_debrief_stays_where_it_is_when_the_window_changes(
    kiosk: Scenario,
) -> None:
    run = ScriptedRun(kiosk)
    run.at = len(run.views) - 1
    app = FirstVisit(session=cast(Session, run))
    async with app.run_test(size=SMALL) as pilot:
        for size, key in (((80, 24), "2"), ((120, 40), "1"), ((200, 60), "2"), ((80, 24), "1"), ((120, 24), "2")):
            await pilot.resize_terminal(*size)
            await settle(pilot, key)
            drawn = [curve.region for curve in app.screen.query(Curve) if curve.region.area]
            for y, strip in enumerate(app.screen._compositor.render_strips()):
                for x, sign in enumerate(strip.text):
                    assert sign not in "┴▲╌⣀⣤⣶" or any(region.contains(x, y) for region in drawn), (size, key)


@pytest.mark.parametrize("height", [5, 6, 9, 10, 13, 27, 40])
async def test_the_curve_is_as_high_as_interest_is(height: int) -> None:
    def filled(interest: int, excitement: int) -> int:
        points = [CurvePoint(minute, interest, excitement, 0, 0, minute or None, silence=False) for minute in (0, 1, 2)]
        curve.show(tuple(points), {})
        rows = [curve.render_line(y).text for y in range(curve.content_size.height)][1:-2]
        return sum(row.rstrip()[-1] not in "0123456789" for row in rows if row.strip())

    app = Framed()
    async with app.run_test(size=(60, height + 4)) as pilot:
        await pilot.pause()
        curve = app.query_one(Curve)
        rows = height - 3
        assert [filled(0, 0), filled(100, 0), filled(100, 100)] == [0, rows, rows]
        assert all(abs(filled(level, part) * 100 // rows - level) <= 100 // rows + 1
                   for level in range(0, 101, 7) for part in (0, level))  # fmt: skip


@pytest.mark.parametrize("picture", sorted(FOLDER.glob("*.svg")), ids=lambda path: path.stem)
def test_a_picture_of_the_readme_keeps_every_sign_in_its_cell_with_any_font(picture: Path) -> None:
    """A run of signs that only says how long it is runs past its frame where the font is another."""
    drawing = ElementTree.parse(picture).getroot()
    wide = max(float(each.get("width", 0)) for each in drawing.findall(".//{*}clipPath/{*}rect"))
    runs = [each for each in drawing.findall(".//{*}text") if each.get("clip-path") is not None]
    assert runs
    for each in runs:
        places = [float(place) for place in each.get("x", "").split()]
        assert len(places) == len(each.text or "")
        assert 0 <= places[0] <= places[-1] <= wide - CELL
