"""`firstvisit review`: a scenario as a page for a colleague, and the sentences that they have changed read back."""

from __future__ import annotations

import difflib
import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from game.authoring.rewriting import rewrite
from game.home.files import read_regular
from game.report.output import deliver, must_be_writable
from game.shelf import library
from game.shelf.loading import print_problems
from game.shelf.scenario_files import SUFFIXES, read_bytes
from game.text.asking import sure
from game.text.telling import say, tell
from game.words.errors import FINE, WRONG, Failure, NotFound, why_not
from game.words.visible import visible
from game.words.wording import count

if TYPE_CHECKING:
    from engine.scenario.models import Place
    from engine.scenario.reading import Tree

FORM: Final = 1
_LARGEST: Final = 8 << 20


def review(options: Namespace) -> int:
    """Write the page, or read changed sentences back. Raises `Failure`."""
    path = library.find(options.scenario, options.scenarios)
    return _write(path, options) if options.apply is None else _apply(path, options)


def _write(path: Path, options: Namespace) -> int:
    from engine.authoring.reviewing import pages
    from engine.scenario import check_scenario
    from engine.scenario.renames import scenario_tree
    from game.report.review import as_html

    output: Path = options.output or Path(f"{path.stem}-review.html")
    must_be_writable(output)
    text = read_bytes(path)
    scenario, problems = check_scenario(text, str(path))
    if scenario is None:
        print_problems(problems, path)
        raise Failure(f"{path} cannot be reviewed until this is mended.", WRONG)
    found = pages(scenario_tree(text, str(path)))
    deliver(as_html(scenario.title, scenario.id, found), output)
    number = sum(len(entry.sentences) for page in found for entry in page.entries)
    say(f"{visible(str(output))} is written: {count(number, 'sentence')} on {count(len(found), 'page')}.")
    say("Open it in a browser, or print it. What is changed there comes back with:")
    say(f"  firstvisit review {visible(str(options.scenario))} --apply {scenario.id}-changes.json")
    return FINE


# --- what comes back -------------------------------------------------------------------------------------------------


class Change(NamedTuple):
    """A sentence that somebody has changed."""

    id: str
    was: str
    now: str


def _apply(path: Path, options: Namespace) -> int:
    """Put the changed sentences into the file, after showing what that does. Returns 1 if some could not be."""
    from engine.authoring.rewording import NotReworded, reworded
    from engine.scenario import ScenarioErrors, check_scenario
    from engine.scenario.renames import scenario_tree

    if path.suffix not in SUFFIXES:
        raise Failure(f"{str(path)!r} is no scenario file: their names end in {' or '.join(SUFFIXES)}.")
    of, changes = _changes(options.apply)
    was = read_bytes(path)
    try:
        tree = scenario_tree(was, str(path))
    except ScenarioErrors as error:
        print_problems(error.problems, path)
        raise Failure(f"{path} cannot be changed until this is mended.", WRONG) from None
    if of != tree.root.data.get("id"):
        raise Failure(f"{str(options.apply)!r} is of the scenario {of!r}, and this is {tree.root.data.get('id')!r}.")
    wanted, left = _placed(tree, changes)
    for each in left:
        tell(each)
    if not wanted:
        say("There is nothing to change.")
        return WRONG if left else FINE
    try:
        now = reworded(was, str(path), wanted)
    except NotReworded as error:
        raise Failure(f"Nothing was written. {error}", WRONG) from None
    problems = [each for each in check_scenario(now, str(path))[1] if each.level == "error"]
    if problems and check_scenario(was, str(path))[0] is not None:
        from game.shelf.diagnostics import render

        sys.stderr.write(render(problems, now) + "\n")
        raise Failure("Nothing was written: with these sentences the file would have mistakes in it.", WRONG)
    sys.stdout.write("".join(_difference(was, now, path)))
    if not sure(f"Change {count(len(wanted), 'sentence')}?", options.yes):
        say("Nothing was written.")
        return FINE
    rewrite(path, was, now)
    say(f"{count(len(wanted), 'sentence')} changed in {visible(str(path))}.")
    return WRONG if left else FINE


def _difference(was: bytes, now: bytes, path: Path) -> Iterator[str]:
    """Yield the lines that differ, as `diff` shows them."""
    before, after = (text.decode("utf-8-sig").splitlines() for text in (was, now))
    for line in difflib.unified_diff(before, after, str(path), str(path), lineterm="", n=1):
        yield f"{visible(line)}\n"


def _placed(tree: Tree, changes: list[Change]) -> tuple[dict[Place, str], list[str]]:
    """Where each changed sentence goes, and what is to be said of those that go nowhere."""
    from engine.authoring.reviewing import place_of, sentences
    from engine.authoring.rewording import text_at
    from engine.scenario.reading import UNSEEN

    known = {each.id for each in sentences(tree)}
    wanted: dict[Place, str] = {}
    left: list[str] = []
    for change in changes:
        place = place_of(tree, change.id) if change.id in known else None
        here = None if place is None else text_at(tree, place)
        new = _tidied(change.now, here or "")
        if place is None or here is None:
            left.append(f"{change.id}: there is no such sentence any more. It was to become: {new}")
        elif new == here:
            continue
        elif _tidied(change.was, here) != _tidied(here, here):
            left.append(
                f"{change.id}: it has been changed meanwhile, and is left as it is now. It was to become: {new}"
            )
        elif not new or UNSEEN.search(new):
            left.append(f"{change.id}: what it was to become is no text that can be shown.")
        else:
            wanted[place] = new
    return wanted, left


def _tidied(text: str, like: str) -> str:
    """A sentence without what a browser or a mail program puts into it; on several lines only if it is on several."""
    rows = [" ".join(row.split()) for row in text.replace("\u00a0", " ").split("\n")]
    return "\n".join(rows).strip() if "\n" in like else " ".join(" ".join(rows).split())


# --- the file with the changes ---------------------------------------------------------------------------------------


def _changes(path: Path) -> tuple[str, list[Change]]:
    """The id of the scenario, and what was changed: from the file that the page saves, or from the page saved as it is.

    Raises `Failure` for anything else.
    """
    try:
        text = read_regular(path, _LARGEST).decode("utf-8-sig")
    except OSError as error:
        raise NotFound(f"{str(path)!r} cannot be read ({why_not(error)}).") from None
    except UnicodeDecodeError:
        raise Failure(f"{str(path)!r} is not what a review page saves.") from None
    try:
        return _of_page(text) if text.lstrip().startswith("<") else _of_json(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Failure(
            f"{str(path)!r} is not what a review page saves: neither its changed sentences nor the page itself."
        ) from None


def _of_json(found: Any) -> tuple[str, list[Change]]:
    if found["form"] != FORM:
        raise Failure("The changed sentences were saved by a newer version of the program.")
    changes = [Change(each["id"], each["was"], each["now"]) for each in found["changes"]]
    if not all(isinstance(part, str) for part in (found["scenario"], *(part for each in changes for part in each))):
        raise ValueError("texts were expected")
    return found["scenario"], changes


def _of_page(text: str) -> tuple[str, list[Change]]:
    page = _Saved()
    page.feed(text)
    page.close()
    told = json.loads(page.data)
    return told["scenario"], [
        Change(id, was, page.texts[id].strip()) for id, was in told["sentences"].items() if id in page.texts
    ]


class _Saved(HTMLParser):
    """The sentences of a review page that somebody has saved in a browser."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, str] = {}
        self.data = ""
        self._id: str | None = None
        self._depth = 0
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._id is not None:
            if tag == "br":
                self.texts[self._id] += "\n"
            else:
                self._depth += 1
        elif given.get("data-id"):
            self._id = str(given["data-id"])
            self._depth = 0
            self.texts[self._id] = ""
        self._in_data = tag == "script" and given.get("id") == "texts"

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False
        if self._id is not None and tag != "br":
            self._depth -= 1
            if self._depth < 0:
                self._id = None

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data += data
        if self._id is not None:
            self.texts[self._id] += data
