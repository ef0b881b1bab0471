"""Finding the best scripts of the scenarios that come with the program: `python -m game.commands.finding_scripts`.

They follow from scenario and rules, and take about a minute each to find, which is too long for anybody who waits for
par. They are found again when a scenario or a constant changes; whoever renews the evidence renews them on the way.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path

import engine.doctrines
import scenarios
from engine.doctrines.known_scripts import key, written
from engine.rules import Rules, prepare
from game.computing import pool
from game.computing.climbing import best_script
from game.home.files import write_whole
from game.shelf import library


def renew(module: Path) -> None:
    """Write the script of every bundled scenario into the module of found ones; those that still hold are kept."""
    found: list[tuple[Rules, str]] = []
    for path in sorted(Path(next(iter(scenarios.__path__))).glob("*.yaml")):
        rules = prepare(library.load(path))
        found.append((rules, written(rules, best_script(rules.scenario, rules, pool.usable_processors()))))
    before, _, rest = module.read_text(encoding="utf-8").partition(" = {")
    after = rest.partition("}\n")[2]
    write_whole(module, f"{before} = {{\n{''.join(_entries(found))}}}\n{after}".encode(), over=True)


def _entries(found: Iterable[tuple[Rules, str]]) -> Iterable[str]:
    for rules, text in found:
        lines = textwrap.wrap(text, 108, break_on_hyphens=False)
        yield f"    # {rules.scenario.id}\n"
        yield f'    "{key(rules)}": (\n'
        yield from (f'        "{line}{" " if place + 1 < len(lines) else ""}"\n' for place, line in enumerate(lines))
        yield "    ),\n"


def main() -> None:
    """Find them, and write them down."""
    renew(Path(next(iter(engine.doctrines.__path__))) / "found_scripts.py")


if __name__ == "__main__":
    # not as __main__: workers have to find what they are to do under its own name
    from game.commands import finding_scripts

    finding_scripts.main()
