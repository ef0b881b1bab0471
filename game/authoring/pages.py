"""What is written about problems and kinds of lines: a page for each code, `scenarios/problems/FVnnn.md`, and a section
for each kind in `scenarios/kinds.md`. Nowhere else is either described."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

_EXAMPLE: Final = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Page(NamedTuple):
    """What is written about one code."""

    code: str
    title: str
    level: str
    """`error`, `warning` or `hint`, or several of them, as `Level:` on the page has it."""
    text: str
    """The whole page, in Markdown."""

    @property
    def wrong(self) -> str:
        """The example that gives this problem and no other, or empty where none can be printed."""
        return self._example("Wrong")

    @property
    def right(self) -> str:
        """The same example, mended."""
        return self._example("Right")

    def _example(self, heading: str) -> str:
        part = self.text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
        found = _EXAMPLE.search(part)
        return found[1] if found is not None else ""


def page(code: str) -> Page:
    """The page of a code. Raises `KeyError` if there is none."""
    if not re.fullmatch(r"FV\d{3}", code):
        raise KeyError(code)
    try:
        text = (files("scenarios") / "problems" / f"{code}.md").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeyError(code) from None
    title, level = (re.search(rf"^{start}: (.*)$", text, re.MULTILINE) for start in (f"# {code}", "Level"))
    return Page(code, title[1] if title else "", level[1] if level else "", text)


@cache
def codes() -> tuple[str, ...]:
    """Every code that has a page, in order."""
    names = (each.name.removesuffix(".md") for each in (files("scenarios") / "problems").iterdir())
    return tuple(sorted(name for name in names if re.fullmatch(r"FV\d{3}", name)))


def titles() -> Mapping[str, str]:
    """The title of every code."""
    return {code: page(code).title for code in codes()}


def about_changes(word: str) -> tuple[str, ...]:
    """The codes on whose page the mend adds or takes away this field."""
    return tuple(code for code in codes() if word in _mended(code))


@cache
def _mended(code: str) -> frozenset[str]:
    """The fields in the lines that differ between what is wrong on a page and what is right."""
    wrong, right = (set(example.split("\n")) for example in (page(code).wrong, page(code).right))
    if not (wrong and right):
        return frozenset()
    words = (word for line in wrong ^ right for word in line.replace("{", " ").replace(",", " ").split())
    return frozenset(word[:-1] for word in words if word.endswith(":"))


@cache
def kinds() -> Mapping[str, str]:
    """What is written about each kind of line: what a trainee learns from it, and an example."""
    text = (files("scenarios") / "kinds.md").read_text(encoding="utf-8")
    sections = (section.partition("\n") for section in text.split("\n## ")[1:])
    return {name.strip(): about.strip() for name, _, about in sections}
