"""A round in a real browser, at the size of a desk and of a telephone, with the board beside it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.parts import need

sync_api = pytest.importorskip("playwright.sync_api", reason="a browser is driven by playwright")
CHROMIUM = os.environ.get("FIRSTVISIT_TEST_CHROMIUM") or shutil.which("chromium")
need(CHROMIUM, "Chromium is not installed")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

expect = sync_api.expect
TIMEOUT = 120_000
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 640}


class Hosted:
    """`firstvisit host`, in a process of its own."""

    def __init__(self, home: Path, event: str = "saturday-showroom") -> None:
        self._home = home
        self.code = self.board = ""
        self._begin(event, "--port", "0")

    def _begin(self, *what: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "game", "host", *what, "--plain"],
            env={**os.environ, "FIRSTVISIT_HOME": str(self._home), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        told = self.until(" open")
        (self.board,) = re.findall(r"\S+/board#\S+", told)
        (self.code,) = re.findall(r"--code (\w+)", told)

    def until(self, text: str) -> str:
        """Read what is printed as far as a line with this text."""
        assert self.process.stdout is not None
        told = ""
        for line in self.process.stdout:
            told += line
            if text in line:
                return told
        raise AssertionError(f"{text!r} was not printed:\n{told}")

    def type(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def killed_and_resumed(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()
        self._begin("--resume")

    @property
    def address(self) -> str:
        return self.board.partition("board#")[0]

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    found = Hosted(tmp_path / "home")
    yield found
    found.end()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def joined(browser: Browser, hosted: Hosted, name: str, size: dict[str, int]) -> Page:
    """Somebody's page, after following the address in the QR code and taking a seat."""
    page = browser.new_context(viewport=size).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(TIMEOUT)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{hosted.address}#{hosted.code}")
    page.get_by_label("Name on the board").fill(name)
    page.get_by_role("button", name="Take a seat").click()
    expect(page.locator("#hint")).to_contain_text("You are in", timeout=TIMEOUT)
    return page


def choose(page: Page, number: int, key: str = "") -> None:
    """Press a choice, or its key, and wait until the host has answered."""
    before = page.locator("#said").inner_text()
    choices = page.locator("#choices button")
    if key:
        page.keyboard.press(key)
    else:
        choices.nth(min(number, choices.count() - 1)).click()
    page.wait_for_function(
        "before => document.querySelector('#run').hidden || "
        "(document.querySelector('#said').innerText !== before && "
        "!document.querySelector('#choices button[disabled]'))",
        arg=before,
    )


def test_two_people_play_in_browsers_and_the_board_ranks_them(browser: Browser, hosted: Hosted) -> None:
    board = browser.new_page(viewport={"width": 1600, "height": 900})
    board.goto(hosted.board)
    expect(board.locator("#code")).to_have_text(hosted.code, timeout=TIMEOUT)
    expect(board.locator("#qr")).to_be_visible()
    desk, phone = joined(browser, hosted, "<b>Ann</b>", DESK), joined(browser, hosted, "Ben", PHONE)
    expect(board.locator("#people")).to_contain_text("2 here", timeout=TIMEOUT)
    hosted.type("open")
    for page in (desk, phone):
        expect(page.locator("#choices button").first).to_be_visible(timeout=TIMEOUT)
        wide = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert wide, "the page is wider than its window"

    choose(desk, 1)
    assert "You:" in desk.locator("#said").inner_text()
    choose(desk, 2, key="2")
    before = desk.locator("#said p.buyer").count()
    desk.reload()
    expect(desk.locator("#said p.buyer")).to_have_count(before, timeout=TIMEOUT)  # the seat and the moment are kept

    choose(phone, 0)
    heard = phone.locator("#said").inner_text()
    hosted.killed_and_resumed()
    choose(phone, 0)  # the page comes back by itself, and the run is where it was
    assert phone.locator("#said").inner_text().startswith(heard)

    expect(board.locator("#tables td.name")).to_have_count(2, timeout=TIMEOUT)  # the board, too, came back by itself
    assert sorted(board.locator("#tables td.name").all_inner_texts()) == ["<b>Ann</b>", "Ben"]
    hosted.type("close")
    hosted.until("has closed")
    for page in (desk, phone):
        expect(page.locator("#hint")).to_contain_text("last round", timeout=TIMEOUT)
        expect(page.locator("#standing tr.mine")).to_contain_text("(you)", timeout=TIMEOUT)
    desk.locator("#sales summary").first.click(timeout=TIMEOUT)
    expect(desk.locator("#sales")).to_contain_text("How it ended", timeout=TIMEOUT)
    expect(desk.locator("#sales")).to_contain_text("firstvisit play saturday-showroom --seed", timeout=TIMEOUT)
    phone.get_by_label("My name may stand with my run").check(timeout=TIMEOUT)
    hosted.until("seat 2 agrees to be named")
    phone.reload()
    expect(phone.get_by_label("My name may stand with my run")).to_be_checked(timeout=TIMEOUT)
    phone.locator("#sales summary").first.click(timeout=TIMEOUT)
    expect(phone.locator("#sales")).to_contain_text("How it ended", timeout=TIMEOUT)
    wide = phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert wide, "the debrief is wider than the telephone"
    board.get_by_role("button", name="Class debrief, round 1").click(timeout=TIMEOUT)
    expect(board.locator("#debrief")).to_contain_text("How the room did", timeout=TIMEOUT)


def test_on_a_phone_the_time_left_and_a_lost_connection_are_in_view_however_far_down_one_is(
    browser: Browser, hosted: Hosted
) -> None:
    phone = joined(browser, hosted, "Ben", PHONE)
    hosted.type("open")
    expect(phone.locator("#choices button").first).to_be_visible(timeout=TIMEOUT)
    choose(phone, 0)
    expect(phone.locator("#clock")).to_be_in_viewport(ratio=1)
    hidden = (
        "document.querySelector('#gauges').getBoundingClientRect().top < document.querySelector('header').offsetHeight"
    )
    assert not phone.evaluate(hidden), "the time hides the gauges"
    phone.context.set_offline(True)
    phone.locator("#choices button").last.click()
    expect(phone.get_by_role("alert")).to_be_in_viewport(ratio=1, timeout=TIMEOUT)
    expect(phone.get_by_role("alert")).to_contain_text("cannot be reached")
    expect(phone.locator("#clock")).to_be_in_viewport(ratio=1)


def test_who_lacks_a_token_or_a_code_is_told_and_the_right_one_works_after_it(browser: Browser, hosted: Hosted) -> None:
    page = browser.new_page()
    page.set_default_timeout(TIMEOUT)
    page.goto(f"{hosted.address}board")
    expect(page.get_by_role("alert")).to_contain_text("as the host's screen shows it", timeout=TIMEOUT)
    page.goto(hosted.address)
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Take a seat").click()
    expect(page.get_by_role("alert")).to_contain_text("not the event's code", timeout=TIMEOUT)
    page.get_by_label("Code", exact=True).fill(hosted.code.lower())
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    page.route("**/api/seats", lose_the_first_answer)
    page.get_by_role("button", name="Take a seat").click()
    expect(page.locator("#hint")).to_contain_text("You are in", timeout=TIMEOUT)
    assert lost == [201]
    assert page.request.get(f"{hosted.address}api/event").json()["seats"] == 1  # it asked again, for the same one


def test_both_pages_speak_the_language_of_the_round_and_then_that_of_the_next(tmp_path: Path, browser: Browser) -> None:
    event = tmp_path / "event.yaml"
    rounds = "\n".join(f"  - {{scenario: {each}, buyers: 1}}" for each in ("erste-fuenf-minuten", "first-five-minutes"))
    event.write_text(f"format: 1\ntitle: 2 + 2\nrounds:\n{rounds}\n")
    hosted = Hosted(tmp_path / "home", str(event))
    try:
        board, phone = (browser.new_context(viewport=size).new_page() for size in (DESK, PHONE))  # type: ignore[arg-type]
        for page, address in ((board, hosted.board), (phone, f"{hosted.address}#{hosted.code}")):
            page.set_default_timeout(TIMEOUT)
            page.on("pageerror", lambda error: pytest.fail(str(error)))
            page.goto(address)
        phone.get_by_role("button", name="Platz nehmen").click()
        expect(phone.get_by_role("button", name="Platz verlassen")).to_be_visible()
        expect(board.get_by_text("Mit jedem Browser beitreten:")).to_be_visible()
        expect(board.locator("#people")).to_have_text("1 hier")
        hosted.type("open")
        expect(phone.get_by_text("Was Sie wissen")).to_be_visible()
        expect(board.get_by_role("columnheader", name="verdient")).to_be_visible()
        hosted.type("close")
        expect(phone.get_by_role("button", name="Leave this seat")).to_be_visible()
        expect(board.get_by_role("columnheader", name="earned")).to_be_visible()
        expect(board.locator("html")).to_have_attribute("lang", "en")
        board.get_by_role("button", name="Class debrief, round 1").click()
        expect(board.locator("#debrief")).to_be_visible()
        hosted.type("open")
        expect(board.locator("#ranking")).to_be_visible()  # the debrief gives way to what happens now
    finally:
        hosted.end()
