"""One run of each bundled scenario as text, to be read like prose when it changes.

`python -m tests.engine.golden` writes the playthroughs anew; `git diff` then shows what a change of rules, numbers or
wording did to them.
"""

from __future__ import annotations

from pathlib import Path

from engine.calendar import clock_text
from engine.debrief import debrief
from engine.doctrines import BY_SCHOOL, DOCTRINES
from engine.events import LEVELS, cause_text
from engine.par import Par, par
from engine.units import points, signed
from tests.engine.sales import BUNDLED, bundled
from tests.engine.watching import chosen

FOLDER = Path(__file__).parent / "playthroughs"
SEED = 20
PARS = {
    "friday-pipeline": Par(145_675, 28_725, 2),
    "long-audition": Par(-3_981, 166_730, 2),
    "pricing-form": Par(156_028, 42_443, 2),
    "roof-before-the-rain": Par(143_786, 4_740, 2),
    "saturday-showroom": Par(53_682, 13_494, 2),
}
"""Of all but the shortest sale, as it once came out: to work it out takes longer than all the rest."""


def playthrough(name: str) -> str:
    """The run of a scenario's own school (the tutorial: plan A) with one seed: every word, every cause, the score."""
    game = bundled(name)
    teaches = game.scenario.teaches
    doctrine = BY_SCHOOL[teaches[0]] if teaches else "plan-a"
    lines = [f"{game.scenario.title}, played by {doctrine}, seed {SEED}", ""]
    state = game.new_initial_state(SEED)
    choose = DOCTRINES[doctrine](game.rules, SEED)
    while not state.is_terminal():
        action = chosen(state, choose)
        lines.append(
            f"{clock_text(state.minute)}  {len(state.legal_actions())} moves, chosen: {game.move_name(action)}"
        )
        state = state.apply_action(action)
        for event in state.events:
            if event.what == "said":
                lines.append(f"    You: {event.text}")
            elif event.what == "reply":
                lines.append(f"    Buyer, {event.cause}: {event.text}")
            elif event.what == "narration":
                lines.append(f"    ({event.text})")
            elif event.what in LEVELS:
                if event.cause != "time passed" and points(abs(event.amount)):
                    change = points(event.amount) if event.amount > 0 else -points(-event.amount)
                    lines.append(f"        {event.what} {signed(change)}: {cause_text(event)}")
            else:
                lines.append(f"        {event.what}: {cause_text(event)}")
    told = debrief(state, PARS.get(name) or par(game, SEED, 2))  # as few runs as par can be worked out from
    lines.append("")
    for ending in told.endings:
        lines.extend((ending.sentence, *(f"    {one}" for one in ending.revealed)))
    card = told.scorecard
    for headline in (card.first_visit_close, card.follow_up_dependence):
        lines.append(f"{headline.name}: {headline.value} ({headline.meaning})")
    lines.extend(f"{term.name}: {term.value} [{term.formula}] {term.cause}" for term in (*card.result, *card.conduct))
    lines.extend(
        f"moment {moment.move + 1}: {signed(moment.change)} {moment.said} {moment.principle}" for moment in told.moments
    )
    return "\n".join(line.rstrip() for line in lines) + "\n"


def main() -> None:
    """Write all playthroughs."""
    FOLDER.mkdir(exist_ok=True)
    for name in BUNDLED:
        (FOLDER / f"{name}.txt").write_text(playthrough(name), encoding="utf-8")


if __name__ == "__main__":
    main()
