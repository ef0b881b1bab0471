"""Bring the catalogues of sentences up to date with the program. By hand, from the root of the checkout:

    python -m tests.catalogues          # what is missing in each is listed, as an empty translation
    python -m tests.catalogues --new fr # begins one

A translator fills the empty ones in `engine/words/de.po`; running it again makes `de.mo` of it, which is what the
program reads.
"""

from __future__ import annotations

import argparse
import ast
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "engine" / "words"
KEYWORDS = {"gettext": (1,), "marked": (1,), "ngettext": (1, 2), "pgettext": (1, 2)}
"""The functions of `engine.words` that take a sentence, and at which places."""
CAUSES = {"tell": (4,), "trust": (4,), "stir": (6,), "press": (5,), "end": (5,), "_keep": (4,)}
"""Those of `engine.rules` that take the cause of an event, which is a sentence too."""


def said() -> Catalog:
    """Every sentence that the program marks as one to be translated, with the files in which it stands."""
    catalog = Catalog(project="First Visit", charset="utf-8")
    for path in _sources():
        name = path.relative_to(ROOT).as_posix()
        keywords = KEYWORDS | CAUSES if "rules" in path.parts else KEYWORDS
        for function, sentences in _marked(ast.parse(path.read_text(encoding="utf-8")), keywords):
            if function == "ngettext":
                catalog.add(sentences, None, [(name, 1)])
            elif function == "pgettext":
                catalog.add(sentences[1], None, [(name, 1)], context=sentences[0])
            else:
                for sentence in sentences:
                    catalog.add(sentence, None, [(name, 1)])
    return catalog


def _marked(tree: ast.AST, keywords: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The calls of these functions, with the sentences in their places. Read from the tree, and not from its tokens:
    those do not look into an f-string before Python 3.12."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        named = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        places = [call.args[place - 1] for place in keywords.get(named, ()) if place <= len(call.args)]
        sentences = tuple(text for each in places for text in _texts_in(each))
        if sentences:
            yield named, sentences


def _texts_in(argument: ast.expr) -> Iterator[str]:
    """The text that an argument is, or the two of which it is one."""
    if isinstance(argument, ast.IfExp):
        yield from _texts_in(argument.body)
        yield from _texts_in(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
        yield argument.value


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is kept."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        kept = read_po(file, locale=language)
    kept.creation_date = kept.revision_date = datetime(2000, 1, 1, tzinfo=UTC)  # the same file for the same sentences
    return kept


def untranslated(catalog: Catalog) -> list[Message]:
    """What has no translation yet, or one that a change of the English made doubtful."""
    return [each for each in catalog if each.id and (each.fuzzy or not all(texts(each.string) or [""]))]


def texts(of: object) -> list[str]:
    """The key or the translation of a message, in all its forms."""
    return [of] if isinstance(of, str) and of else [str(form) for form in of] if isinstance(of, (tuple, list)) else []


def as_po(catalog: Catalog) -> bytes:
    """A catalogue as a file for translators, the same for the same sentences."""
    file = io.BytesIO()
    write_po(file, catalog, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True, omit_header=False)
    kept = [line for line in file.getvalue().splitlines(keepends=True) if not line.startswith(_CHANGING)]
    return b"".join(kept)


_CHANGING = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Language-Team')


def as_mo(catalog: Catalog) -> bytes:
    """A catalogue as the program reads it, the same for the same sentences."""
    bare = _Bare(locale=catalog.locale, charset="utf-8")
    for each in catalog:
        if each.id:
            bare.add(each.id, each.string, context=each.context)
    file = io.BytesIO()
    write_mo(file, bare)
    return file.getvalue()


class _Bare(Catalog):
    """A catalogue that says of itself only what it takes to read it, and neither when nor with what it was made."""

    def __iter__(self) -> Iterator[Message]:
        for each in super().__iter__():
            if not each.id:
                lines = str(each.string).splitlines()
                each.string = "\n".join(line for line in lines if line.startswith(("Content-Type:", "Plural-Forms:")))
            yield each


def _sources() -> Iterator[Path]:
    for package in ("engine", "game"):
        yield from sorted((ROOT / package).rglob("*.py"))


def main() -> None:
    parser = argparse.ArgumentParser(description="Bring the catalogues of sentences up to date.")
    parser.add_argument("--new", metavar="LANGUAGE", help="begin a catalogue")
    arguments = parser.parse_args()
    sentences = said()
    languages = {path.stem for path in FOLDER.glob("*.po")}
    for language in sorted(languages | ({arguments.new} if arguments.new else set())):
        catalog = (
            catalogue(language)
            if language in languages
            else Catalog(
                locale=language,
                project="First Visit",
                fuzzy=False,
                header_comment=f"# What First Visit says, in {language}.",
            )
        )
        catalog.update(sentences, no_fuzzy_matching=True)
        (FOLDER / f"{language}.po").write_bytes(as_po(catalog))
        missing = untranslated(catalog)
        print(f"{language}: {len(catalog)} sentences, {len(missing)} not translated")
        # read again: what is compiled is what a translator sees
        (FOLDER / f"{language}.mo").write_bytes(as_mo(catalogue(language)))


if __name__ == "__main__":
    main()
