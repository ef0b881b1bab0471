"""Pages for a browser, each whole in one file: no other file, and nothing from elsewhere."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring


def empty_page(title: str, style: str, language: str) -> tuple[Element, Element]:
    """A page with nothing on it yet, and its body."""
    page = Element("html", lang=language)
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "title").text = title
    SubElement(head, "style").text = style
    return page, SubElement(page, "body")


def page_text(page: Element) -> str:
    """A page as it is written into a file."""
    return f"<!doctype html>\n{tostring(page, encoding='unicode', method='html')}\n"
