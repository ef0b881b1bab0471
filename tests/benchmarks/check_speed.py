"""How long it takes to check a scenario of 2,000 lines: `python tests/benchmarks/check_speed.py`.

Prints medians: the whole command from process start, and the parts of it inside one process. The aim is 0.4 s for the
command. Nothing is played meanwhile: `exploring.py` has the speed of that.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

ROUNDS = 15
LINES = 2_000
MANY = 8_000
"""More of such lines have more entries than a file may have."""

HEAD = """\
format: 1
id: long-one
title: A long one
situation: Made to be long, for measuring.
teaches: plan-a
briefing: |
  Nobody sells this.
offer: {price: 38900, floor: 37400, currency: EUR}
calendar: {start: Sat 10:40, open: "Mon-Fri 09:00-19:00, Sat 09:00-17:00", visit: 50m, deadline: 21d}
buyer:
  name: Priya
  interest: 55..70
  decides: {alone: 35%, partner: 65%}
  indecision: {low: 15%, moderate: 45%, high: 40%}
stages: [welcome, discover, {id: show, turns: 6}, {id: decide, until: {raised: doubt-0}}]
"""


def scenario(lines: int) -> str:
    """A valid scenario of about this many lines, made of what real ones are made of."""
    needs = ["needs:"]
    objections = ["objections:"]
    said = ["lines:", "  ask:", "    kind: ask-for-decision", "    say: Shall we do the papers?"]
    said += ["  bring:", "    kind: bring-in", "    brings: partner", "    say: Would your partner like to see it?"]
    number = 0
    while len(HEAD.splitlines()) + len(needs) + len(objections) + len(said) < lines:
        needs += [f"  need-{number}:", f"    says: The buyer says what need {number} is about.", "    weight: 40"]
        objections += [f"  doubt-{number}:", f"    says: I am not so sure about point {number}.", "    chance: 30%"]
        objections += [f"    really: {{price-{number}: 60%, nothing: 40%}}"]
        said += [
            f"  ask-{number}:",
            "    stage: welcome..discover",
            "    kind: open-question",
            f"    say: What made you think of number {number}, of all things?",
            f"    reveals: need-{number}",
            "    replies:",
            "      - when: {trust: ..24}",
            "        says: I'm just looking, thanks.",
            "      - says: Honestly? Somebody cried on the school run. Again.",
            f"  show-{number}:",
            "    stage: show",
            "    kind: demonstrate",
            f"    when: {{knows: need-{number}, said: ask-{number}}}",
            f"    say: Let us look at number {number} together, and you time me.",
            f"    meets: need-{number}",
            f"  answer-{number}:",
            "    stage: decide",
            "    kind: answer",
            f"    answers: [doubt-{number}, price-{number}]",
            f"    say: What is it about {number} that you want to think over?",
            "    principle: One sentence about why this was a good idea, or not.",
        ]
        number += 1
    return HEAD + "\n".join(needs + objections + said) + "\n"


def in_prospects(lines: int) -> str:
    """A valid scenario of about this many lines: as many prospects as it takes, each with a scenario of 2,000."""
    text = scenario(LINES)
    at = text.index("needs:\n")
    own = "".join(f"    {line}\n" for line in text[at:].splitlines())
    return text[:at] + "prospects:\n" + "".join(f"  p{number}:\n{own}" for number in range(lines // LINES))


def median(what: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median seconds of one call."""
    taken = []
    for _ in range(rounds):
        begin = perf_counter()
        what()
        taken.append(perf_counter() - begin)
    return statistics.median(taken)


def main() -> None:
    text = scenario(LINES)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "long-one.yaml")
        path.write_text(text)
        command = [sys.executable, "-m", "game", "check", "--no-explore", str(path)]
        checked = subprocess.run(command, capture_output=True, text=True, check=False)
        print(f"{len(text.splitlines())} lines; {checked.stdout.strip().splitlines()[-1]}")
        cold = median(lambda: subprocess.run(command, capture_output=True, check=True))
        empty = median(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    print(f"{'command, cold':<34}{cold * 1000:8.0f} ms   (of which Python itself {empty * 1000:.0f} ms)")

    from engine.scenario.checks import checked as check_names
    from engine.scenario.compiling import compiled
    from engine.scenario.format import File
    from engine.scenario.loading import check_scenario
    from engine.scenario.renames import scenario_tree
    from engine.scenario.summaries import summary
    from engine.scenario.validating import validated

    data = text.encode()
    tree = scenario_tree(data, "long-one.yaml")
    file = validated(tree, File).file
    assert file is not None
    for name, what in (
        ("read and check, in process, warm", lambda: check_scenario(data, "long-one.yaml")),
        ("  read the tree", lambda: scenario_tree(data, "long-one.yaml")),
        ("  validate fields", lambda: validated(tree, File)),
        ("  check names", lambda: check_names(file, tree, frozenset())),
        ("  compile", lambda: compiled(file)),
        ("summary for the library", lambda: summary(data, "long-one.yaml")),
    ):
        print(f"{name:<34}{median(what) * 1000:8.1f} ms")
    many = in_prospects(MANY).encode()
    taken = median(lambda: check_scenario(many, "four-of-them.yaml"), rounds=3)
    print(f"{f'the same, {MANY:,} lines':<34}{taken * 1000:8.1f} ms")


if __name__ == "__main__":
    main()
