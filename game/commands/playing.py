"""How a run begins from the command line: on screens or as lines, anew, where it was left, or as a retry."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.words import gettext
from game.home import profile
from game.home.settings import Settings, load_settings, save_settings
from game.runs import versions
from game.shelf import copies, library
from game.shelf.loading import loaded
from game.text.asking import wants_lines
from game.text.telling import tell
from game.words.errors import FINE, WRONG, Failure, SaveError
from game.words.wording import kept_clock

if TYPE_CHECKING:
    from engine.scenario.compiled import Scenario
    from game.runs.session import Session


def open_library(options: Namespace) -> int:
    """Let the player choose a scenario, and play it. Returns the exit code."""
    library.folders(options.scenarios)  # a folder that is not there is said before any screen opens
    if not wants_lines(options):
        from game.programs.app import FirstVisit

        app = FirstVisit(folder=options.scenarios, seed=options.seed, cues=options.cues, live=options.live)
        return app.until_left()
    from game.plain import choose_scenario
    from game.shelf.loading import tell_of

    settings = _settings(options)
    found, unreadable = library.entries(options.scenarios)
    tell_of(found, unreadable)
    path = choose_scenario(found, sys.stdin, sys.stdout, first_time=not settings.tutorial_seen)
    if not settings.tutorial_seen:
        try:
            save_settings(replace(load_settings()[0], tutorial_seen=True))
        except SaveError as error:
            tell(str(error))
    return FINE if path is None else _play_lines(loaded(path, "played"), path, options)


def play(options: Namespace) -> int:
    """Play the scenario named on the command line. Returns the exit code."""
    if options.move is not None and options.retry is None:
        raise Failure("--move says where a --retry begins, and there is no --retry.")
    if options.scenario is None and options.retry is None:
        raise Failure("Which SCENARIO is to be played? 'firstvisit list' shows all of them.")
    path = None if options.scenario is None else library.find(options.scenario, options.scenarios)
    session = _retry(path, options) if options.retry is not None else None
    if wants_lines(options):
        if session is not None:
            return _as_lines(session)
        assert path is not None
        return _play_lines(loaded(path, "played"), path, options)
    from game.programs.app import FirstVisit

    app = FirstVisit(
        path=path,
        session=session,
        folder=options.scenarios,
        seed=options.seed,
        cues=options.cues,
        live=options.live,
        new=options.new,
    )
    return app.until_left()


def _play_lines(scenario: Scenario, path: Path, options: Namespace) -> int:
    """Play a run as lines: an unfinished one if the player wants it, or a new one."""
    try:
        return _as_lines(_offered(scenario, path, options) or _begin(scenario, path, options))
    except _Left:
        return FINE


def _as_lines(session: Session) -> int:
    from game.plain import Plain

    notice = copies.keep(session.scenario) if session.record_path is not None else ""
    if notice:
        tell(notice)
    return Plain(session, sys.stdin, sys.stdout).run()


class _Left(Exception):
    """The player left, or the input ended, at a question."""


def _offered(scenario: Scenario, path: Path, options: Namespace) -> Session | None:
    """Offer the newest unfinished run that can go on; with one seed, if that is asked for.

    Returns None to begin anew. Raises `_Left`.
    """
    if options.new:
        return None
    found = versions.unfinished(scenario, path, options.seed, options.scenarios)
    if found is None:
        return None
    name = found.run.path.name
    if found.source is None:
        from game.runs.recorded import replay_command

        again = replay_command(found.run.path)
        tell(f"{found.about} {gettext('To read it: {command}').format(command=again)}")
        return None
    from game.plain import offer
    from game.runs.opening import resume

    answer = offer(found.about, found.offer, sys.stdin, sys.stdout)
    if answer is None:
        raise _Left
    if not answer:
        return None
    try:
        session = resume(found.run.path, found.source)
    except Failure as error:
        raise Failure(gettext("You cannot go on with {name}: {error}").format(name=name, error=error)) from None
    if options.live is not None and options.live != session.live:
        tell(kept_clock(live=session.live))
    return session


def _settings(options: Namespace) -> Settings:
    """The remembered settings, with what the command line says instead."""
    settings, notice = load_settings()
    if notice:
        tell(notice)
    if options.cues is not None:
        settings = replace(settings, cues=options.cues)
    if options.live is not None:
        settings = replace(settings, live=options.live)
    return settings


def _begin(scenario: Scenario, path: Path, options: Namespace) -> Session:
    from game.runs.opening import begin, new_seed

    settings = _settings(options)
    opened = begin(scenario, path, new_seed() if options.seed is None else options.seed, settings.cues, settings.live)
    if opened.unsaved:
        tell(f"{opened.unsaved} {gettext('You play without a record.')}")
    return opened.session


def _retry(path: Path | None, options: Namespace) -> Session:
    """Begin the run that `--retry` asks for, with the scenario in `path` or, if that has changed or none is named, with
    what the run was played with."""
    from engine.record import RecordError
    from game.runs.recorded import record_in, run_path, source_of
    from game.runs.session import Session

    source = run_path(options.retry)
    move = options.move or 1
    header = record_in(source).header
    try:
        scenario = None if path is None else loaded(path, "played")
        if scenario is not None and header.scenario == scenario.id and header.digest != scenario.digest():
            tell("The scenario has changed since that run was played; this one is played as it was then.")
            scenario = None
        if scenario is None:
            found = source_of(header, options.scenarios)
            scenario, path = found.scenario, found.path
        return Session.read(source, scenario, path).retry(move - 1, profile.runs_dir())
    except RecordError as error:
        raise Failure(f"{source}: {error}", WRONG) from None
    except IndexError as error:
        raise Failure(f"{source}: {error}.") from None
    except (SaveError, OSError) as error:
        raise Failure(f"{source} cannot be retried at move {move}: {error}") from None
