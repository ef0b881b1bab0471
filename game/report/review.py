"""A scenario as one page of HTML to read, to print, and to change sentences in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from engine.authoring.reviewing import Entry, Page, Sentence
from game.report.html import empty_page, page_text

_HERE: Final = Path(__file__).parent
_HOW: Final = (
    "Read it as a buyer and as a seller would. What is dotted can be changed where it stands: click into it and type; "
    "Esc puts it back. When you are done, save the changed sentences and send the small file to whoever wrote this. On "
    "paper, write beside it."
)


def as_html(title: str, scenario: str, pages: Sequence[Page]) -> str:
    """A whole page that needs nothing else. `scenario` is its id, by which changed sentences are known to be of it."""
    page, body = empty_page(f"Review: {title}", (_HERE / "review.css").read_text(encoding="utf-8"), "en")
    SubElement(body, "h1").text = title
    SubElement(body, "p", {"class": "screen"}).text = _HOW
    for one in pages:
        _page(SubElement(body, "section"), one)
    bar = SubElement(body, "div", id="bar", hidden="hidden")
    SubElement(bar, "button", id="save", type="button").text = "Save the changed sentences"
    SubElement(bar, "span", id="how", role="status")
    told = {each.id: each.text for one in pages for entry in one.entries for each in entry.sentences}
    data = json.dumps({"scenario": scenario, "sentences": told}, ensure_ascii=True).replace("<", "\\u003c")
    texts = SubElement(body, "script", id="texts", type="application/json")
    texts.text = data
    SubElement(body, "script").text = (_HERE / "review.js").read_text(encoding="utf-8")
    return page_text(page)


def _page(section: Element, page: Page) -> None:
    SubElement(section, "h2").text = page.heading
    if page.about:
        SubElement(section, "p", {"class": "facts"}).text = page.about
    for entry in page.entries:
        _entry(SubElement(section, "article"), entry)


def _entry(article: Element, entry: Entry) -> None:
    if entry.name:
        SubElement(article, "h3").text = entry.name
    if entry.facts:
        SubElement(article, "p", {"class": "facts"}).text = "; ".join(entry.facts)
    for each in entry.sentences:
        _sentence(SubElement(article, "p"), each)


def _sentence(paragraph: Element, sentence: Sentence) -> None:
    paragraph.set("class", "sentence player" if sentence.who == "You" else "sentence")
    SubElement(paragraph, "span", {"class": "who"}).text = sentence.who
    if sentence.when:
        SubElement(paragraph, "span", {"class": "when"}).text = f" {sentence.when}"
    colon = SubElement(paragraph, "span")
    colon.text = ": "
    SubElement(paragraph, "span", {"class": "text", "data-id": sentence.id}).text = sentence.text
