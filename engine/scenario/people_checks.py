"""Whether every placeholder in a file's texts has something to stand for it, whoever is drawn.

Importing this module imports pydantic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

from engine.scenario.compiled import WORDING
from engine.scenario.drafts import Draft, Place
from engine.scenario.format import File
from engine.scenario.nearest import meant
from engine.scenario.placeholders import named
from engine.scenario.report import Report

_SECTIONS: Final = (*("offer", "buyer", "needs", "traits", "objections", "stages", "lines", "outcomes", "interrupts"),)


def people_problems(file: File, sold: tuple[Draft, ...], report: Report) -> None:
    """Reports people who lack a word that others have, words in no text, and placeholders that nobody fills."""
    varies = any(draft.buyer.varies for draft in sold)
    for draft in sold:
        _same_words(draft, report)
        words = set[str]().union(*(draft.buyer.varies or ()))
        used: set[str] = set()
        for place, text in _texts(draft):
            for word in named(text):
                used.add(word)
                if word not in words:
                    _unfilled(word, place, words, report, error=varies)
        _unused(draft, words - used, report)
    if varies:
        shown_before = ("title", "situation", *(("briefing", "tips") if file.prospects else ()))
        for place, text in _below({name: getattr(file, name) for name in shown_before}, ()):
            for word in named(text):
                message = f"`{{{word}}}` stands here for nobody: this is shown before anybody is drawn, or to all"
                report.error("FV320", place, message, "write it without")


def _texts(draft: Draft) -> Iterator[tuple[Place, str]]:
    if draft.briefing is not None:
        yield draft.place("briefing"), draft.briefing
    for section in _SECTIONS:
        part = getattr(draft, section)
        if isinstance(part, Mapping):
            for id, each in part.items():
                yield from _below(each, draft.place(section, id))
        elif isinstance(part, tuple):
            for number, each in enumerate(part):
                yield from _below(each, draft.place(section, number))
        else:
            for name in part.model_fields_set:
                yield from _below({name: getattr(part, name)}, draft.place(section, name)[:-1])


def _below(part: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Every text in a part of the file."""
    if isinstance(part, BaseModel):
        fields = type(part).model_fields
        part = {fields[name].alias or name: getattr(part, name) for name in part.model_fields_set}
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name == "varies":
                continue
            if name in WORDING and isinstance(value, str):
                yield (*place, name), value
            elif name == "people" and isinstance(value, Mapping):
                yield from (((*place, name, role), each) for role, each in value.items())
            elif name in WORDING and isinstance(value, tuple) and all(isinstance(each, str) for each in value):
                yield from (((*place, name, number), each) for number, each in enumerate(value))
            else:
                yield from _below(value, (*place, name))
    elif isinstance(part, tuple):
        for number, value in enumerate(part):
            yield from _below(value, (*place, number))


def _same_words(draft: Draft, report: Report) -> None:
    people = draft.buyer.varies or ()
    for number, person in enumerate(people[1:], 1):
        for word in people[0].keys() - person.keys():
            place = draft.place("buyer", "varies")
            message = f"this one has no `{word}`, which the first one has"
            report.error("FV320", (*place, number), message, f"give each of them the same words: add `{word}: ...`")
        for word in person.keys() - people[0].keys():
            place = (*draft.place("buyer", "varies"), number, word)
            report.at_key("FV320", "error", place, f"the first one has no `{word}`", "give each of them the same words")


def _unfilled(word: str, place: Place, words: set[str], report: Report, *, error: bool) -> None:
    if error:
        message = f"nothing stands for `{{{word}}}`"
        help = meant(word, sorted(words)) if words else "list people under `varies` of the buyer"
        report.error("FV320", place, message, help, part=f"{{{word}}}")
    else:
        message = f"`{{{word}}}` is shown as it stands: the buyer varies in nothing"
        report.warning("FV321", place, message, "list people under `varies` of the buyer, or write it without braces")


def _unused(draft: Draft, words: set[str], report: Report) -> None:
    for word in sorted(words):
        place = (*draft.place("buyer", "varies"), 0, word)
        report.at_key("FV405", "warning", place, f"no text has `{{{word}}}` in it", "delete it, or write it somewhere")
