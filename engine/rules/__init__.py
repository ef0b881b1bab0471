"""What a move does: the buyer, the decision, contact, commitments, rivals, and the table of constants.

Every rule is written once, over a state opened in place (`turn.Turn`). `start`, `legal`, `chance` and `step` take
states as values; `begun`, `possible`, `odds`, `make` and `play` are the same rules on an open turn, for simulations. A
rule is handed `(turn, who, rules, p, line, ...)`: the open state, the prospect's number, what was prepared for that
prospect, its numbers, and the line. It changes `p` and tells what it changed with `turn.tell`, or by `turn.trust`,
`stir` and `press`, which tell for it.

Where to add what:

* a **number**: `constants.py`, read as `c.NAME` wherever it is used, so that an experiment can set it. The page
  (`engine/README.md`) prints the table; `tests/engine/test_documented.py` says how to renew it.
* a **slot of the state**: a name at the end of the list in `engine.world`, with `SLOTS` one higher. It is 0 at the
  start unless `buyer.blank` (the same for everybody) or `buyer.draw` (drawn) says otherwise. One that a player cannot
  know also goes into `engine.seeing.HIDDEN`; what begins anew with each conversation is cleared in
  `conversation.begin`.
* a **draw**: at the end of the places in `buyer.py`, or an event of its own (`turn.luck[who].chance("name", nth)`).
  Never in the place of another: whoever draws more must leave all other luck as it was.
* a **kind of line**: one record in `kinds.py`, and its meaning in `engine.scenario.vocabulary`.
* a **word of conditions**: one line in `conditions.py`, and its meaning in `engine.scenario.vocabulary`.
* a **rule about every line that is said**: `conversation.say`, in the order in which things happen; about its landing,
  `conversation._land`; about calls and messages, `contact.py`; about what a buyer may answer, `decision.py`; about what
  happens by itself, `passing._happen`, with the minute of it in `passing.due`.
* something that a scenario **fixes beforehand**: a field of `tables.py`, filled in by `preparing.py`. Rules look things
  up there rather than work them out a million times.

Simulations make quick what they do often: `quick.py` has `engine.specialising` read the functions of this package and
leave out all that is known for one line. So a rule is written in plain statements, decides by what the line or the
prospect's tables hold, and touches nothing but `turn` and `p`.

Whatever changes what the same moves lead to raises `RULES_VERSION`. Words are only composed where `turn.trace` listens.
"""

from engine.rules.moves import arrive, begun, chance, legal, make, odds, play, possible, start, step
from engine.rules.preparing import prepare
from engine.rules.tables import Move, Odds, Rules
from engine.rules.turn import Turn
from engine.specialising import keep_sources

RULES_VERSION = 6
"""Raised whenever the same moves could lead to other states or scores."""

__all__ = [
    "RULES_VERSION",
    "Move",
    "Odds",
    "Rules",
    "Turn",
    "arrive",
    "begun",
    "chance",
    "legal",
    "make",
    "odds",
    "play",
    "possible",
    "prepare",
    "start",
    "step",
]

keep_sources(__name__.partition(".")[0])
