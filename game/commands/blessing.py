"""`firstvisit bless`: runs that an author has found good, kept beside the scenario, and held against it later."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from game.home.files import read_regular, write_whole
from game.text.telling import tell
from game.text.wrapping import width, wrapped
from game.words.errors import FINE, WRONG, Failure, NotFound, SaveError, why_not
from game.words.visible import json_text, visible
from game.words.wording import count

if TYPE_CHECKING:
    from engine.authoring.blessing import Blessed, Compared
    from engine.play import Game

SUFFIX: Final = ".blessed"
"""What is added to the name of a scenario's file for that of its blessed runs."""


def bless(options: Namespace) -> int:
    """Keep runs of scenarios, or hold those that are kept against the scenarios as they are now.

    Returns 0; 1 if something comes out differently; 2 if one of the files could not be looked at. Raises `Failure` for
    options that do not go together.
    """
    adds = bool(options.players or options.record)
    if options.json and not options.check:
        raise Failure("--json goes with --check: what comes out differently is printed for scripts.")
    if adds and (options.check or options.accept):
        raise Failure("--players and --record choose runs to keep; --check and --accept look at those that are kept.")
    code, listed = FINE, list[dict[str, Any]]()
    for path in options.files:
        try:
            if options.check or options.accept:
                code = max(code, _look(path, options, listed))
            else:
                _keep(path, options, adds)
        except Failure as failure:
            tell(str(failure))
            code = max(code, failure.code)
    if options.json:
        print(json_text(listed))
    return code


def kept_beside(path: Path) -> Path:
    """Where the blessed runs of a scenario file are."""
    return path.with_name(path.name + SUFFIX)


# --- keeping ---------------------------------------------------------------------------------------------------------


def _keep(path: Path, options: Namespace, adds: bool) -> None:
    game, file = _game(path), kept_beside(path)
    before = list(_read(file)[1]) if os.path.lexists(file) else []
    if before and not adds:
        raise Failure(
            f"{file} keeps {count(len(before), 'run')} already. --check says what comes out differently, "
            "--accept keeps them as they come out now, and --players or --record add others."
        )
    runs = {one.name: one for one in before}
    more = {one.name: one for one in _chosen(game, options)}
    _write(file, path, [*(runs | more).values()])
    print(f"{visible(str(file))}: {_told(len(more), len(runs | more))} Read them, and commit them with the scenario.")


def _told(more: int, whole: int) -> str:
    return f"{count(more, 'run')} kept." if more == whole else f"{count(more, 'run')} kept, {whole} in all."


def _chosen(game: Game, options: Namespace) -> Iterator[Blessed]:
    """The runs that the options ask for. Raises `Failure`."""
    from engine.authoring.blessing import blessed
    from engine.comparison import ghost
    from game.text.bar import progress

    for name in options.record:
        yield _recorded(game, name)
    if options.record and not options.players:
        return
    players = _players(game, options.players)
    seeds = range(options.seed, options.seed + options.runs)
    with progress("playing", len(players) * len(seeds), "Playing ...") as advance:
        for player in players:
            for seed in seeds:
                yield blessed(player, ghost(game, seed, player, seed))
                advance(1)


def _players(game: Game, names: str | None) -> tuple[str, ...]:
    """Who is to play: by default the scenario's own school, the expert, and somebody who chooses at random."""
    from engine.doctrines import BY_SCHOOL
    from game.computing.many_runs import chosen

    if names is not None:
        return chosen(names)
    teaches = game.scenario.teaches
    return (BY_SCHOOL[teaches[0]] if teaches else "plan-a", "expert", "random")


def _recorded(game: Game, name: str) -> Blessed:
    """The run of a record. Raises `Failure` if its moves cannot be made in the scenario as it is."""
    from engine.authoring.blessing import blessed
    from engine.authoring.retelling import Choice, retell
    from game.runs.recorded import record_in, run_path

    path = run_path(name)
    record = record_in(path)
    made = [Choice(move.name, move.think if record.header.live else 0) for move in record.moves]
    found = retell(game, record.header.seed, made)
    if found.stopped:
        raise Failure(f"{path.name} cannot be kept as a run of this scenario. {found.stopped}", WRONG)
    return blessed(path.name, found.state)


# --- looking ---------------------------------------------------------------------------------------------------------


def _look(path: Path, options: Namespace, listed: list[dict[str, Any]]) -> int:
    """Say what comes out differently, and keep it so if that is accepted."""
    from engine.authoring.blessing import accepted, compare
    from engine.rules import RULES_VERSION

    file = kept_beside(path)
    if not os.path.lexists(file):
        raise NotFound(f"{str(path)!r} has no blessed runs yet: 'firstvisit bless {path}' keeps some in {file.name}.")
    game, (rules, runs) = _game(path), _read(file)
    found = [compare(one, game) for one in runs]
    other = [one for one in found if one.difference is not None]
    if options.json:
        listed.extend(_as_data(path, file, one) for one in found)
    else:
        print(f"{visible(str(path))}: {count(len(found), 'blessed run')}, {_how_many(len(other))}")
        if rules != RULES_VERSION:
            print(f"  They were kept under rules {rules}; this program has rules {RULES_VERSION}.")
        told: set[tuple[str, str, str]] = set()
        for one in other:
            _print(one, file, told)
    if not options.accept:
        return WRONG if other else FINE
    if other:
        _write(file, path, [accepted(one) if one.difference is not None else one.blessed for one in found])
        print(f"{visible(str(file))}: kept as they come out now.")
    return FINE


def _how_many(other: int) -> str:
    if not other:
        return "all come out as they did"
    return f"{other} {'comes' if other == 1 else 'come'} out differently"


def _print(one: Compared, file: Path, told: set[tuple[str, str, str]]) -> None:
    """Say what comes out differently in a run; what was `told` of another is not told in full again."""
    columns = width()

    def show(text: str, first: str = "    ") -> None:
        print("\n".join(wrapped(visible(text), columns, first=first)))

    found = one.difference
    assert found is not None  # only asked of what comes out differently
    what = (found.sentence, found.was, found.now)
    show(f"{one.blessed.name}: {file.name}:{one.line}, {_where(one)}{', the same' if what in told else ''}", "  ")
    if what not in told:
        told.add(what)
        show(found.sentence)
        for sign, text in (("- ", found.was), ("+ ", found.now)):
            if text:
                show(text, f"    {sign}")
    if one.ending == one.blessed.ending:
        show("It ends as it did.")
        return
    show("It ends otherwise:")
    for sign, texts in (("- ", one.blessed.ending), ("+ ", one.ending)):
        for text in texts:
            show(text, f"    {sign}")


def _where(one: Compared) -> str:
    """In which move the first difference is."""
    number = one.difference.step if one.difference is not None else 0
    if not number:
        return "before the first move"
    if number > len(one.blessed.made):
        return "at the end"
    return f"move {number}, {one.blessed.made[number - 1].move}"


def _as_data(path: Path, file: Path, one: Compared) -> dict[str, Any]:
    found = one.difference
    return {
        "scenario": str(path),
        "file": str(file),
        "run": one.blessed.who,
        "seed": one.blessed.seed,
        "same": found is None,
        "line": one.line,
        "move": found.step if found is not None else None,
        "difference": found.sentence if found is not None else None,
        "was": found.was if found is not None else None,
        "now": found.now if found is not None else None,
        "ending_was": list(one.blessed.ending),
        "ending_now": list(one.ending),
    }


# --- files -----------------------------------------------------------------------------------------------------------


def _game(path: Path) -> Game:
    from engine.play import Game
    from game.shelf.loading import loaded

    return Game(loaded(path, "played"))


def _read(file: Path) -> tuple[int, tuple[Blessed, ...]]:
    from engine.authoring.blessing import LARGEST, BlessedError, read

    try:
        text = read_regular(file, LARGEST).decode("utf-8")
        return read(text)
    except OSError as error:
        raise NotFound(f"{str(file)!r} cannot be read ({why_not(error)}).") from None
    except UnicodeDecodeError:
        raise Failure(f"{file} is not UTF-8 text, so it holds no blessed runs.") from None
    except BlessedError as error:
        raise Failure(f"{file}, {error}.") from None


def _write(file: Path, path: Path, runs: Sequence[Blessed]) -> None:
    from engine.authoring.blessing import as_text

    try:
        write_whole(file, as_text(runs, visible(path.name)).encode("utf-8"), over=True)
    except OSError as error:
        raise SaveError(f"{file} cannot be written ({why_not(error)}).") from None
