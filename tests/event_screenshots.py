"""Make the README's pictures of a competition, in a real browser and on the host's screen. By hand, from the root of
the checkout, where Chromium is installed:

    python -m tests.event_screenshots

The event is always the same one, with players who always do the same: each school's doctrine, and some who choose at
random. Only the minutes that are left differ.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, async_playwright

from engine.doctrines import BY_SCHOOL, DOCTRINES
from game.programs.host import HostApp
from game.workshop.hall.afterwards import Afterwards
from game.workshop.hall.writer import Hall
from game.workshop.host.invitation import Invitation
from game.workshop.log.plan import Event, RoundPlan
from game.workshop.log.room import Position
from tests.engine.watching import chosen
from tests.game.workshop.served import CODE, Service, begun, service
from tests.screenshots import FOLDER, picture

ADDRESS: Final = "http://192.168.1.20:8765"
PLAYERS: Final = {
    "Ann": BY_SCHOOL["same-day"],
    "Ben": BY_SCHOOL["collect-decisions"],
    "Chiara": BY_SCHOOL["plan-a"],
    "Dev": BY_SCHOOL["speed-first"],
    "Emil": BY_SCHOOL["audition"],
    "Funda": "random",
    "Goran": "random",
    "Hanna": BY_SCHOOL["same-day"],
    "Ida": BY_SCHOOL["collect-decisions"],
    "Jens": "random",
}
PHONE: Final = "Karla"
SCENARIO: Final = "roof-before-the-rain"
BUYERS: Final = 3


def _mover(hall: Hall, name: str, seat: int) -> Callable[[Position], str]:
    """How a player chooses in every run."""
    choosers: dict[int, Callable[..., int]] = {}

    def move(here: Position) -> str:
        assert here.run is not None
        assert here.buyer is not None
        rules = here.run.state.game.rules
        choose = choosers.setdefault(here.buyer, DOCTRINES[PLAYERS[name]](rules, f"{seat}/{here.buyer}"))
        return here.run.state.game.move_name(chosen(here.run.state, choose))

    return move


async def _play(served: Service, tokens: dict[str, str], moves: int | None) -> None:
    """Let everybody make this many moves, or play to the end."""
    hall = served.hall
    for seat, (name, token) in enumerate(tokens.items(), start=1):
        move, made = _mover(hall, name, seat), 0
        while (here := hall.room.position(seat)).doing == "playing" and (moves is None or made < moves * seat):
            await served.move(token, await served.now(token), move(here))
            made += 1


async def _pictures(browser: Browser, served: Service, folder: Path) -> None:
    hall = served.hall
    tokens = {name: await served.join(name) for name in PLAYERS}
    await served.open()
    phone = await browser.new_page(viewport={"width": 390, "height": 780}, device_scale_factor=2)
    await phone.goto(f"{served.base}/#{CODE}")
    await phone.fill("#name", PHONE)
    await phone.click("#join > button")
    for number in (1, 3, 4):
        await phone.locator("#choices button").nth(number).click()
        await phone.wait_for_timeout(600)
    await phone.screenshot(path=folder / "phone.png")
    await _play(served, tokens, None)

    invitation = Invitation((ADDRESS,), CODE, f"{ADDRESS}/board#...")
    app = HostApp(hall, invitation, Afterwards(hall, lambda *_: None))
    async with app.run_test(size=(110, 34)) as pilot:
        for _ in range(6):
            await pilot.pause(0.2)
        picture(app, "host")

    await served.close()
    afterwards = served.afterwards
    while len(afterwards.baselines) < BUYERS:
        await asyncio.sleep(0.5)
    board = await browser.new_page(viewport={"width": 1440, "height": 1040}, color_scheme="dark")
    await board.goto(f"{served.base}/board#{served.board}")
    await board.wait_for_selector("#tables table:nth-of-type(2)")
    await board.screenshot(path=folder / "board.png")
    await board.emulate_media(color_scheme="light")
    await board.set_viewport_size({"width": 1200, "height": 1100})
    await board.click("text=Class debrief")
    await board.wait_for_selector("#debrief table")
    await board.screenshot(path=folder / "class-debrief.png")


async def main() -> None:
    """Make all of them."""
    chromium = os.environ.get("FIRSTVISIT_TEST_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as home:
        os.environ["FIRSTVISIT_HOME"] = home
        store = begun(Path(home) / "event.db", Event("Spring contest", (RoundPlan(SCENARIO, buyers=BUYERS),)))
        async with async_playwright() as playwright, service(store) as served:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            await _pictures(browser, served, FOLDER)
            await browser.close()
        store.close()


if __name__ == "__main__":
    asyncio.run(main())
