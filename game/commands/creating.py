"""`firstvisit new`: a scenario to begin with, from a template, that plays and balances as it is.

What no option says is asked for; where there is nobody to ask, it is what the template says.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import scenarios
from engine.authoring.rewording import NotReworded
from engine.authoring.templates import TEMPLATES, Filling, Template, filled, id_for, usual
from engine.scenario.notation import NotationError, money
from engine.scenario.reading import UNSEEN
from game.authoring.rewriting import rewrite
from game.commands.completing import modeline
from game.report.output import must_be_writable
from game.shelf import library
from game.shelf.scenario_files import SUFFIXES, read_bytes
from game.text.asking import asked_number, typed_line
from game.text.telling import say
from game.words.errors import FINE, STOPPED, Failure
from game.words.visible import visible
from game.words.wording import count, school_name

_LONGEST: Final = 40
_ARTICLE: Final = re.compile(r"\A(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_LEAST: Final = 1
_MOST: Final = 100_000_000


class _Left(Exception):
    """Whoever was asked has left."""


def new(options: Namespace) -> int:
    """Write a new scenario. Raises `Failure` for what cannot be written."""
    try:
        return _new(options)
    except _Left:
        sys.stdout.write("Nothing was written.\n")
        return STOPPED


def _new(options: Namespace) -> int:
    named_first = _place(options, "") if options.file is not None else None  # before anybody answers in vain
    template = _template(options)
    folder = Path(scenarios.__path__[0], "templates")
    text = read_bytes(folder / f"{template.name}.yaml")
    told = _filling(options, usual(template, text))
    path, was = named_first or _place(options, f"{id_for(told.product, {})}.yaml")
    taken = {name: found for name, found in library.by_id().items() if not _is_only(path, found)}
    try:
        made = filled(text, template.name, replace(told, id=id_for(path.stem, taken)))
    except NotReworded as error:
        raise Failure(f"The template cannot be filled in. {error}") from None
    rewrite(path, was, f"{modeline()}\n".encode() + made)
    name = shlex.quote(str(path))
    for line in (
        f"{visible(str(path))} is written, for {school_name(template.school)}. It plays as it is, and its comments "
        "say what to change.",
        "",
        f"  firstvisit play {name}",
        f"  firstvisit preview {name}    # plays it while you write",
        f"  firstvisit check {name}",
        f"  firstvisit balance {name}",
    ):
        say(line)
    return FINE


def _is_only(path: Path, found: list[Path]) -> bool:
    return {os.path.realpath(each) for each in found} == {os.path.realpath(path)}


# --- what is wanted --------------------------------------------------------------------------------------------------


def _template(options: Namespace) -> Template:
    """The template for the kind of sale and the school that are wanted; asked for where that leaves a choice."""
    fitting = [one for one in TEMPLATES if options.school in (None, one.school)]
    if options.sale is not None:
        wanted = next(one for one in TEMPLATES if one.name == options.sale)
        if wanted not in fitting:
            others = " and ".join(one.name for one in fitting)
            raise Failure(
                f"The numbers of {wanted.name} work for {school_name(wanted.school)}. For "
                f"{school_name(options.school)} there is {others}."
            )
        return wanted
    if len(fitting) == 1:
        return fitting[0]
    say("What kind of sale is it?")
    for number, one in enumerate(fitting, start=1):
        say(f"{one.about[0].upper()}{one.about[1:]} ({school_name(one.school)})", first=f"{number:>2}. ")
    chosen = asked_number(sys.stdin, sys.stdout, len(fitting))
    if chosen is None:
        if sys.stdin.isatty():
            raise _Left
        raise Failure(f"Name the kind of sale with --sale: {', '.join(one.name for one in fitting)}.")
    return fitting[chosen - 1]


def _filling(options: Namespace, usual: Filling) -> Filling:
    """What is put into the template: what options say, else what is typed, else what is usual."""
    product = _wanted(
        "product", options.product, "What do you sell? (as it is called after ‘the’)", usual.product, sold
    )
    buyer = _wanted("buyer", options.buyer, "What is the buyer called?", usual.buyer, named)
    others = _others(options.others, usual.others)
    price = _wanted("price", options.price, "What does it cost? (the number alone)", usual.price, priced)
    currency = _wanted("currency", options.currency, "In which currency?", usual.currency, in_currency)
    return Filling(usual.id, product, buyer, price, currency, others)


def _others(option: str | None, usual: tuple[str, ...]) -> tuple[str, ...]:
    """Who decides with the buyer, where the template has somebody who does."""
    if not usual:
        return ()
    many = len(usual)
    question = "Who decides as well?" if many == 1 else f"Who decide as well? ({many} names, with a comma)"

    def read(text: str) -> str:
        names = [named(each) for each in text.split(",")]
        if len(names) != many:
            needed = "1 is" if many == 1 else f"{many} are"
            raise ValueError(f"That is {count(len(names), 'name')}, and {needed} needed, such as {', '.join(usual)}.")
        return ",".join(names)

    return tuple(_wanted("others", option, question, ", ".join(usual), read).replace(", ", ",").split(","))


def _wanted(name: str, option: str | None, question: str, usual: str, read: Callable[[str], str]) -> str:
    """What the option of this name says, or what is typed. Raises `Failure` for an option that cannot be read."""
    if option is not None:
        try:
            return read(option)
        except ValueError as error:
            raise Failure(f"--{name}: {error}" if name else str(error)) from None
    while True:
        say(f"{question} [{usual}]")
        typed = typed_line(sys.stdin, sys.stdout)
        if typed is None and sys.stdin.isatty():
            raise _Left
        if not typed:
            return usual
        try:
            return read(typed)
        except ValueError as error:
            say(str(error))


def named(text: str) -> str:
    """What a thing or a person is called. Raises ValueError, with a sentence."""
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST or UNSEEN.search(text) or set(text) & set("{}"):
        raise ValueError(f"A name has 1 to {_LONGEST} characters that can be seen, and no {{ or }}.")
    return text


def sold(text: str) -> str:
    """What a product is called after 'the', which templates write before it. Raises ValueError, with a sentence."""
    return named(_ARTICLE.sub("", text.strip()))


def priced(text: str) -> str:
    """A price. Raises ValueError, with a sentence."""
    text = text.strip()
    try:
        found = money(text)
    except NotationError as error:
        such = error.instead.text if error.instead is not None else "such as 180 or 4.50"
        raise ValueError(f"{text!r} is not a price: write the number alone, {such}.") from None
    if not 100 * _LEAST <= found <= 100 * _MOST:
        raise ValueError(f"A price is from {_LEAST} to {_MOST:,}.")
    return text


def in_currency(text: str) -> str:
    """A currency. Raises ValueError, with a sentence."""
    text = text.strip().upper()
    if not (len(text) == 3 and text.isascii() and text.isalpha()):
        raise ValueError(f"{text!r} is not a currency: write its three letters, such as EUR, NZD or INR.")
    return text


# --- where it goes ---------------------------------------------------------------------------------------------------


def found_later(text: str) -> str:
    """The name of a file in which scenarios are looked for. Raises ValueError, with a sentence."""
    if not text.endswith(SUFFIXES):
        raise ValueError(f"{text!r} would not be found as a scenario: write a name that ends in {SUFFIXES[0]}.")
    return text


def _place(options: Namespace, usual: str) -> tuple[Path, bytes | None]:
    """Into which file it is written, and what that holds already."""
    path = Path(_wanted("", options.file, "Into which file?", usual, found_later))
    return path, _in_the_way(path, options)


def _in_the_way(path: Path, options: Namespace) -> bytes | None:
    """What the file holds that would be replaced; None if there is none. Raises `Failure` unless it may be."""
    if not os.path.lexists(path):
        must_be_writable(path)
        return None
    if not options.force:
        if not sys.stdin.isatty():
            raise Failure(f"There is a file {str(path)!r} already. Name another one, or replace it with --force.")
        say(f"There is a file {visible(str(path))} already.")
        say(" 1. Leave it as it is\n 2. Replace it")
        if asked_number(sys.stdin, sys.stdout, 2) != 2:
            raise _Left
    return read_bytes(path)
