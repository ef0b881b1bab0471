"""`firstvisit verify`: an exported event worked out again."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Mapping

from engine.play import State
from game.home.files import open_regular
from game.words.errors import FINE, WRONG, Failure, NotFound, why_not
from game.words.visible import json_text, visible
from game.words.wording import count
from game.workshop.export.verifying import NoExport, differences, unpacked
from game.workshop.results.baselines import worked_out
from game.workshop.results.ranking import Baselines


def verify_event(options: Namespace) -> int:
    """Work an exported event out again, and say what differs. Returns the exit code."""
    sealed = "" if options.seal is None else "".join(options.seal.split()).lower()
    if options.seal is not None and not re.fullmatch(r"[0-9a-f]{8,64}", sealed):
        raise Failure(
            f"{options.seal!r} is not a seal: a seal is digits from 0 to f, as the host's screen shows it, and its "
            "first 8 at least."
        )
    name = visible(options.export.name)
    try:
        with open_regular(options.export) as file:
            found = unpacked(file)
    except OSError as error:
        raise NotFound(f"{str(options.export)!r} cannot be read ({why_not(error)}).") from None
    except NoExport as error:
        raise Failure(f"{options.export}: {error}", WRONG) from None
    scored = False

    def work_out(starts: Mapping[tuple[int, int], State]) -> Baselines:
        nonlocal scored
        scored = True
        return worked_out(starts, options.processes)

    told = differences(found, work_out, sealed)
    if options.json:
        print(json_text({"path": str(options.export), "verified": not told, "scored": scored, "differences": told}))
    elif told:
        print(f"{name} does not verify:")
        for each in told:
            print(f"  {visible(each)}")
        if not scored:
            print("Scores and places, which take longer, were not worked out.")
    else:
        runs = sum(each.startswith("runs/") for each in found)
        print(f"{name} verifies: {count(runs, 'run')}, every state, score and place comes out as it is there.")
        if not sealed:
            print("With --seal, it is also compared with the seal that the host's screen showed.")
    return WRONG if told else FINE
