"""`firstvisit explain`: pages about problems, kinds of lines, fields, outcomes, players, and how a yes comes about."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from argparse import Namespace
from difflib import SequenceMatcher
from typing import Final

from game.authoring.pages import codes, page, titles
from game.authoring.topics import SORTS, chance_of_yes, is_of_format_1, old_words
from game.words.errors import FINE, NotFound, did_you_mean
from game.words.visible import visible

NARROWEST: Final = 40
WIDEST: Final = 80
"""Columns of running text, whatever the terminal has."""


def explain(options: Namespace) -> int:
    """Print the pages asked for; without any, what there is to ask for. Raises `NotFound` for what has no page."""
    print(explained(options.topics, _width()))
    return FINE


def explained(topics: list[str], width: int) -> str:
    """The pages about these topics: codes, `yes`, names, or a sort followed by a name. Raises `NotFound`."""
    if not topics:
        return _all(width)
    sort, *names = topics = _spelt(topics)
    if sort in SORTS and len(names) > 1:
        raise NotFound(f"One {sort} at a time, please: firstvisit explain {sort} {names[0]}")
    if sort in SORTS:
        return _sort(sort, names[0] if names else None, width)
    return "\n\n\n".join(_topic(topic, width) for topic in topics)


def _spelt(topics: list[str]) -> list[str]:
    """Topics as they are written in a file, whatever their case; words that are a name together become one: `Plan A`
    is `plan-a`."""
    known = {"yes", "format", *SORTS, *(name for names, _ in SORTS.values() for name in names())}
    spelt = [re.sub(r"[\s_]+", "-", topic.strip().lower()) for topic in topics]
    first = len(spelt) > 2 and spelt[0] in SORTS
    name = "-".join(spelt[first:])
    if name in known:
        return [*spelt[:first], name]
    return [name if name in known else topic for topic, name in zip(topics, spelt, strict=True)]


def _width() -> int:
    columns = shutil.get_terminal_size((WIDEST, 24)).columns if sys.stdout.isatty() else WIDEST
    return max(NARROWEST, min(columns - 1, WIDEST))


def _topic(topic: str, width: int) -> str:
    if topic == "yes":
        return _wrapped(chance_of_yes(), width)
    if topic == "format":
        return _wrapped(old_words(), width)
    code = topic.upper()
    if code in codes():
        return _wrapped(page(code).text, width, compared=True)
    pages = [about(topic) for names, about in SORTS.values() if topic in names()]
    if pages:  # a name by itself: a word may be both a kind and a field
        return "\n\n\n".join(_wrapped(text, width) for text in pages)
    known = ["yes", "format", *SORTS, *codes(), *(name for names, _ in SORTS.values() for name in names())]
    close = did_you_mean(code if re.match(r"FV?\d", code) else topic, known)
    raise NotFound(f"There is no page about {topic!r}.{close} 'firstvisit explain' lists what there is.")


def _all(width: int) -> str:
    listed = [
        "What can be explained:",
        "",
        "  firstvisit explain FV401          a problem that `check` names",
        "  firstvisit explain kind quote     a kind of line",
        "  firstvisit explain field stage    a field of a scenario",
        "  firstvisit explain outcome stall  what can come back, which has texts under `outcomes`",
        "  firstvisit explain player expert  a computer player",
        "  firstvisit explain yes            how levels become a chance of yes",
        "  firstvisit explain format         which words of format 1 have other names now",
        "",
        "Problems:",
        *(f"  {code}  {title}" for code, title in titles().items()),
    ]
    for sort, (known, _) in SORTS.items():
        listed += ["", f"{sort.capitalize()}s:"]
        listed += textwrap.wrap(
            ", ".join(known()), width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
        )
    return "\n".join(listed)


def _sort(sort: str, name: str | None, width: int) -> str:
    known, about = SORTS[sort]
    if name is None:
        return "\n".join([f"Each has a page: firstvisit explain {sort} NAME", "", *(f"  {each}" for each in known())])
    if name not in known():
        if is_of_format_1(name, a_field=sort == "field"):
            raise NotFound(f"{name!r} is a word of format 1: 'firstvisit explain format' says what it is called now.")
        close = did_you_mean(name, known())
        raise NotFound(f"There is no {sort} {name!r}.{close} 'firstvisit explain {sort}' lists all.")
    return _wrapped(about(name), width)


# --- in a terminal ----------------------------------------------------------------------------------------------------


def _wrapped(text: str, width: int, *, compared: bool = False) -> str:
    """A page of Markdown as plain lines: paragraphs filled, headings and examples set off. If they are `compared`, what
    one of two examples has and the other has not is marked."""
    blocks: list[str] = []
    parts = re.split(r"^```\w*\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    examples = [part.rstrip("\n").splitlines() for part in parts[1::2]]
    differing = _differing(*examples) if compared and len(examples) == 2 else [set()] * len(examples)
    for number, part in enumerate(parts):
        if number % 2:
            example, marked = examples[number // 2], differing[number // 2]
            blocks.append("\n".join(f"{'  > ' if at in marked else '    '}{line}" for at, line in enumerate(example)))
        else:
            blocks += [_paragraph(each, width) for each in re.split(r"\n\n+", part) if each.strip()]
    return "\n\n".join("\n".join(visible(line) for line in block.split("\n")) for block in blocks)


def _differing(one: list[str], other: list[str]) -> list[set[int]]:
    """The lines of each of two examples that the other does not have, or not there; none if they share nothing."""
    shared = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    if len(shared) == 1:  # what ends the blocks
        return [set(), set()]
    first = set(range(len(one))) - {at for a, _, size in shared for at in range(a, a + size)}
    return [first, set(range(len(other))) - {at for _, b, size in shared for at in range(b, b + size)}]


def _paragraph(text: str, width: int) -> str:
    if text.startswith("#"):
        first, _, rest = text.partition("\n")
        heading = textwrap.fill(first.lstrip("# "), width)
        return heading + (f"\n{rest.strip()}" if rest.strip() else "")
    lines: list[str] = []
    for item in re.split(r"\n(?=- )", text.strip()):
        indent = "  " if item.startswith("- ") else ""
        words = " ".join(item.split())
        lines += textwrap.wrap(words, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)
    return "\n".join(lines)
