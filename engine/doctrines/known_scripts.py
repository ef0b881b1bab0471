"""Scripts that need not be looked for: those of the bundled scenarios.

Finding the best script of a scenario takes a minute, and what is found follows from scenario and rules alone. So the
bundled scenarios bring theirs, in `found_scripts`. A script that was found for another version of its scenario, or with
other constants, is not taken.
"""

from __future__ import annotations

from hashlib import blake2b

from engine.doctrines.found_scripts import FOUND
from engine.doctrines.script import Entry, Script
from engine.rules import RULES_VERSION, Rules, constants


def known_script(rules: Rules) -> Script | None:
    """The best script of a scenario, if it is a bundled one as it was when its script was found."""
    text = FOUND.get(key(rules))
    return _read(rules, text) if text is not None else None


def key(rules: Rules) -> str:
    """Names a scenario with the rules and constants that it is played by."""
    values = ", ".join(f"{name} {getattr(constants, name.upper(), None)}" for name in constants.TABLE)
    return blake2b(f"{rules.digest}, rules {RULES_VERSION}, {values}".encode(), digest_size=16).hexdigest()


def written(rules: Rules, script: Script) -> str:
    """A script as `found_scripts` has it: the names of its moves, each with its day where that is not the first."""
    return " ".join(f"{rules.names[move]}{f'+{day}' if day else ''}" for move, day in script.entries)


def _read(rules: Rules, text: str) -> Script:
    numbers = {name: move for move, name in enumerate(rules.names)}
    parts = (entry.partition("+") for entry in text.split())
    return Script(Entry(numbers[name], int(day or 0)) for name, _, day in parts)
