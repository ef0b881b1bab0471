"""A balance as a page, in a real browser."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from game import cli
from game.report.document import Chart, as_html
from tests.parts import need

sync_api = pytest.importorskip("playwright.sync_api", reason="a browser is driven by playwright")
CHROMIUM = os.environ.get("FIRSTVISIT_TEST_CHROMIUM") or shutil.which("chromium")
need(CHROMIUM, "Chromium is not installed")

PAGE = Path(__file__).parents[2] / "scenarios" / "problems" / "FV605.md"
BEYOND = """[...document.querySelectorAll('svg text, svg rect')].filter(each => {
    const here = each.getBoundingClientRect(), frame = each.closest('svg').getBoundingClientRect();
    return here.left < frame.left - 1 || here.right > frame.right + 1 || here.bottom > frame.bottom + 1;
}).length"""
"""What of a chart is beyond its frame."""


def test_a_balance_fits_a_window_and_a_telephone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTVISIT_HOME", str(tmp_path / "home"))
    scenario, report = tmp_path / "kettle.yaml", tmp_path / "balance.html"
    scenario.write_text(re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0])
    few = ("--runs", "4", "--expert-runs", "1", "--processes", "1")
    assert cli.main(("balance", str(scenario), *few, "--output", str(report))) == 0
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        asked: list[str] = []
        for width in (1280, 360):
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.on("request", lambda request: asked.append(request.url))
            page.goto(report.as_uri())
            sync_api.expect(page.get_by_role("heading", name="What one change would do")).to_be_visible()
            for chart in page.get_by_role("img").all():
                sync_api.expect(chart).to_be_visible()
            assert page.get_by_role("img").count() >= 7
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(BEYOND) == 0
        browser.close()
    assert set(asked) == {report.as_uri()}


@pytest.mark.parametrize("width", [1280, 390])
def test_courses_show_their_whole_scale_in_a_window_and_on_a_telephone(tmp_path: Path, width: int) -> None:
    report = tmp_path / "courses.html"
    report.write_text(as_html([Chart((("Sam", (50, 60, 70) * 24),))], "Courses"), encoding="utf-8")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(report.as_uri())
        assert page.get_by_text("100").count() == 1
        assert page.evaluate(BEYOND) == 0
        assert page.evaluate("document.querySelector('figure').scrollWidth") <= width
        browser.close()
