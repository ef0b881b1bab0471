"""What is said, in the language of whoever reads it: gettext catalogues, one a language, beside this module.

The English sentence is the key, with a name in braces for whatever changes, so that a translator can move it:
`gettext("{name} agreed to {when}").format(name=..., when=...)`. A sentence is one key, whole: never put together from
pieces, never cut apart. Words that stand in a table are marked with `marked` and looked up where they are shown. What
has no translation is said in English.

Who reads is a matter of where the program is, not of what it computes: `speak` says it for a program with one reader,
`speaking` for what is made for one of many, a page or a request. Nothing that the rules compute depends on it: what a
buyer says by default is said in the scenario's own language, whoever reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gettext import NullTranslations

ENGLISH: Final = "en"
"""The language of the keys."""

_FOLDER: Final = Path(__file__).parent

_here: ContextVar[str | None] = ContextVar("language", default=None)
_everywhere = ENGLISH


@cache
def languages() -> tuple[str, ...]:
    """The languages that there is a catalogue for, English first, as the codes that `language:` takes."""
    return (ENGLISH, *sorted(each.stem for each in _FOLDER.glob("*.mo")))


@cache
def known(language: str) -> str:
    """The language in which somebody is spoken to who would like this one: itself, its general form (`de` for `de-AT`),
    or English."""
    general = language.partition("-")[0]
    return next((each for each in (language, general) if each in languages()), ENGLISH)


def name_of(language: str) -> str:
    """What a language is called by those who speak it."""
    with speaking(language):
        return pgettext("this language", "English")


def speak(language: str) -> None:
    """Let this program speak a language from here on, or the nearest one that is known."""
    global _everywhere
    _everywhere = known(language)


def everywhere() -> str:
    """The language that this program speaks where nothing is made in another one."""
    return _everywhere


def stay(language: str) -> None:
    """Let the rest of this task be said in a language, or in the nearest one that is known, whatever the program speaks
    meanwhile: a screen lives on below others, and they may be in another language."""
    _here.set(known(language))


class speaking:
    """Let whatever is made within be said in a language, or in the nearest one that is known."""

    __slots__ = ("_before", "_language")

    def __init__(self, language: str) -> None:
        self._language = known(language)

    def __enter__(self) -> None:
        self._before = _here.set(self._language)

    def __exit__(self, *_: object) -> None:
        _here.reset(self._before)


def spoken() -> str:
    """The language that is spoken here."""
    return _here.get() or _everywhere


def gettext(sentence: str) -> str:
    """A sentence in the language that is spoken here."""
    language = spoken()
    return sentence if language == ENGLISH else _catalogue(language).gettext(sentence)


def ngettext(one: str, many: str, number: int) -> str:
    """The sentence for one or for many, in the language that is spoken here."""
    language = spoken()
    if language == ENGLISH:
        return one if number == 1 else many
    return _catalogue(language).ngettext(one, many, number)


def pgettext(context: str, word: str) -> str:
    """A word that means one thing here and another elsewhere, as in `pgettext("meter", "interest")`, in the language
    that is spoken here."""
    language = spoken()
    return word if language == ENGLISH else _catalogue(language).pgettext(context, word)


def all_of(names: Sequence[str]) -> str:
    """Names as they are listed in a sentence: `Shirin Haddad and Alan Reid`; empty for nobody."""
    if len(names) < 2:
        return "".join(names)
    return gettext("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])


def marked(sentence: str) -> str:
    """The sentence itself: marks what stands in a table as a key, for `gettext` to look up when it is shown."""
    return sentence


@cache
def _catalogue(language: str) -> NullTranslations:
    from gettext import GNUTranslations

    with (_FOLDER / f"{language}.mo").open("rb") as file:
        return GNUTranslations(file)
