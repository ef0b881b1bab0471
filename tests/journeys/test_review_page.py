"""A colleague changes sentences in a real browser, and the author gets them back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from game import cli
from tests.parts import need

sync_api = pytest.importorskip("playwright.sync_api", reason="a browser is driven by playwright")
CHROMIUM = os.environ.get("FIRSTVISIT_TEST_CHROMIUM") or shutil.which("chromium")
need(CHROMIUM, "Chromium is not installed")


def test_a_colleague_changes_sentences_and_sends_them_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTVISIT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert cli.main(("new", "lamp.yaml", "--sale", "counter", "--product", "lamp", "--price", "45")) == 0
    was = Path("lamp.yaml").read_text().replace("Has it let up", "Has  it let up")  # shown with one space
    Path("lamp.yaml").write_text(was)
    assert cli.main(("review", "lamp.yaml")) == 0
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((tmp_path / "lamp-review.html").as_uri())
        save = page.get_by_role("button", name="Save the changed sentences")
        sync_api.expect(page.get_by_role("status")).to_have_text("Nothing is changed yet")
        sync_api.expect(save).to_be_disabled()
        for id, typed in (("lines/ask/say/0", 'Is it "this" one, then: yes?'), ("lines/rain/say", "It rains.")):
            page.locator(f'[data-id="{id}"]').click()
            page.keyboard.press("Control+A")
            page.keyboard.insert_text(typed)
        page.keyboard.press("Escape")  # the rain stays what it was
        sync_api.expect(page.get_by_role("status")).to_have_text("1 sentence changed")
        with page.expect_download() as download:
            save.click()
        download.value.save_as("lamp-changes.json")
        assert len(page.pdf()) > 10_000
        browser.close()
    assert errors == []
    assert cli.main(("review", "lamp.yaml", "--apply", "lamp-changes.json", "--yes")) == 0
    now = Path("lamp.yaml").read_text()
    assert now == was.replace("- Is it this one, then? I'd get it from the back.", "- 'Is it \"this\" one, then: yes?'")
