"""`firstvisit evidence`: published figures beside simulated ones, the schools' tables, and their claims.

`python -m game.commands.evidence` writes the page anew into the engine's README.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import engine
import scenarios
from engine.evidence.page import Page, Result, Work, ids, work
from engine.evidence.targets import targets
from game.commands import finding_scripts
from game.computing import pool
from game.options.measuring import EVIDENCE_RUNS
from game.report.document import as_markdown, as_text
from game.report.evidence import report
from game.report.evidence_data import as_data
from game.report.output import deliver, must_be_writable
from game.text.bar import progress
from game.text.telling import tell
from game.text.wrapping import width
from game.words.errors import FINE, STOPPED, Failure, NotFound, did_you_mean
from game.words.visible import json_text

if TYPE_CHECKING:
    from engine.evidence.page import Job
    from engine.scenario import Scenario


def show_evidence(options: Namespace) -> int:
    """Work out the page, or the parts of it that were named, and print or write it.

    Returns 0, or 130 when it was stopped. Raises `Failure` for what cannot be done.
    """
    try:
        targets()
    except ValueError as error:
        raise Failure(f"engine/evidence/targets.yaml cannot be used: {error}.") from None
    wanted = [known(name) for name in options.ids]
    must_be_writable(options.output)
    page = found(Work(wanted, options.runs), options.processes or pool.usable_processors())
    if page is None:
        tell(
            "Stopped before the evidence was complete. Nothing was written, and what had been worked out is not kept: "
            "the next run begins anew. With ids or a smaller -n it takes less time."
        )
        return STOPPED
    deliver(_written(page, options), options.output)
    return FINE


def known(name: str) -> str:
    """An id that the page has. Raises `NotFound`, with the nearest."""
    if name in ids():
        return name
    close = did_you_mean(name, ids())
    raise NotFound(f"The evidence has nothing called {name!r}.{close} Without a name, all of it is shown.")


def found(what: Work, processes: int) -> Page | None:
    """Do the work and return the page; None when it was stopped."""
    jobs = what.jobs
    results: list[Result | None] = [None] * len(jobs)
    try:
        with (
            progress("evidence", sum(job.weight for job in jobs)) as advance,
            closing(pool.results(do, jobs, processes)) as done,
        ):
            for place, result in done:
                results[place] = result
                advance(jobs[place].weight)
    except KeyboardInterrupt:
        return None
    return what.page([result for result in results if result is not None])


def do(job: Job) -> Result:
    """Do one job, in whichever process this is called."""
    return work(job, bundled)


@lru_cache
def bundled(name: str) -> Scenario:
    """A scenario that comes with the program; what somebody has put before it does not count here."""
    from engine.scenario import read_scenario

    path = _bundled_path(name)
    return read_scenario(path.read_bytes(), str(path))


def _bundled_path(name: str) -> Path:
    return next(Path(folder) / f"{name}.yaml" for folder in scenarios.__path__)


def _written(page: Page, options: Namespace) -> str:
    if options.json:
        return json_text(as_data(page)) + "\n"
    if options.markdown:
        return "".join(f"{line}\n" for line in as_markdown(report(page, measured=False)))
    columns = width() if options.output is None else 80
    return "".join(f"{line}\n" for line in as_text(report(page), columns))


# --- the page in the engine's README ---------------------------------------------------------------------------------

README: Final = Path(*engine.__path__, "README.md")
BEGIN: Final = "<!-- evidence: "
END: Final = "<!-- end of evidence -->"


def stamp() -> str:
    """A line that names what the page is made of: rules, constants, published figures, scenarios, players.

    It changes whenever the page could. The players are named by what they earn from some buyers.
    """
    from engine.evidence.lab import scenario as laboratory
    from engine.evidence.schools import EXPERT, QUICK, SCENARIOS
    from engine.expectations import earnings
    from engine.play import Game
    from engine.rules import RULES_VERSION
    from engine.rules.constants import as_markdown as constants

    games = [Game(bundled(name)) for name in SCENARIOS]
    played = [earnings(game, name, 4) for game in games for name in QUICK]
    played.append(earnings(games[0], EXPERT, 2))
    return BEGIN + ", ".join(
        (
            f"rules {RULES_VERSION}",
            f"constants {_digest(constants().encode())}",
            f"figures {_digest(files('engine.evidence').joinpath('targets.yaml').read_bytes())}",
            f"scenarios {_digest(''.join(game.digest for game in games).encode() + laboratory().digest().encode())}",
            f"players {_digest(repr(played).encode())}",
            f"runs {EVIDENCE_RUNS} -->",
        )
    )


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=4).hexdigest()


def rewritten(readme: str, page: Sequence[str]) -> str:
    """A README with the page between its marks. Raises ValueError for one without them."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("the README has no marks for the evidence")
    return "".join((before, stamp(), "\n\n", *(f"{line}\n" for line in page), "\n", END, after))


def write_readme() -> None:
    """Work out the whole page and write it into the engine's README, and find the bundled scenarios' scripts: both are
    made of the scenarios and constants that the stamp names."""
    finding_scripts.main()
    page = found(Work((), EVIDENCE_RUNS), pool.usable_processors())
    if page is not None:
        text = rewritten(README.read_text(encoding="utf-8"), list(as_markdown(report(page, measured=False))))
        deliver(text, README)


if __name__ == "__main__":
    # not as __main__: workers have to find what they are to do under its own name
    from game.commands import evidence

    evidence.write_readme()
