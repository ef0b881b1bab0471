"""The state of a run: a clock and a set of prospects, as one nested tuple of whole numbers.

`(CLOCK, ACTIVE, TASKED, STARTED, prospect, prospect, ...)`. Each prospect is a tuple of numbers whose places are
named below. One scenario with one buyer and a territory with many are the same thing. The tuples are hashable, so that
copy, undo, comparison and digest cost nothing to write; the rules open the ones they change as lists.
"""

from __future__ import annotations

from typing import Any, Final

Prospect = tuple[int, ...]
Core = tuple[Any, ...]
"""Numbers, then one tuple of numbers for each prospect."""

CLOCK: Final = 0
"""Minutes since Monday 00:00 of the first week."""
ACTIVE: Final = 1
"""Index of the prospect in conversation, or -1."""
TASKED: Final = 2
"""Minutes spent on tasks."""
STARTED: Final = 3
"""Minute at which the running (or last) conversation began."""
FIRST: Final = 4
"""Place of the first prospect."""


# Places in a prospect's tuple. Masks have a bit per fact, objection, line or role, as said.

# drawn once, hidden
REAL: Final = 0  # 1: will buy from somebody
READY_AT: Final = 1  # minute from which this buyer can decide
DECIDER: Final = 2  # mask of the roles who decide with the buyer, 0 for alone
INDECISION: Final = 3  # 0 low, 1 moderate, 2 high
HAS: Final = 4  # mask of facts
OBJECTS: Final = 5  # mask of objections
REASONS: Final = 6  # a byte per objection: the real reason
REALLY: Final = 7  # mask of the real reasons of the objections present
RIVAL_AT: Final = 8  # minute at which a rival has won, or FAR
DRIFT_AT: Final = 9  # minute at which the buyer has settled for nothing, or FAR

# interest, trust, pressure, patience
FLOOR: Final = 10  # interest that does not fade
EXCITEMENT: Final = 11
CONVICTION: Final = 12
SINCE: Final = 13  # anchor of both stores
TRUST: Final = 14
PRESSURE: Final = 15
PRESSED_AT: Final = 16  # anchor of pressure
PATIENCE: Final = 17  # seconds left in this conversation
PATIENCE_FULL: Final = 18

# the conversation
STAGE: Final = 19
TURNS: Final = 20  # lines said in this stage
RESUME: Final = 21  # stage of the next conversation
CHANNEL: Final = 22  # of the conversation; between two, of the last attempt or message
PRESENT: Final = 23  # mask of roles at the table
INVITED: Final = 24  # mask of roles expected at the next conversation
LAST: Final = 25  # the buyer's last outcome: place in vocabulary.OUTCOMES plus one, 0 for none
SAID: Final = 26  # mask of lines
STRUCK: Final = 27  # mask of interrupts that have happened
IN_A_ROW: Final = 28  # closed questions in a row

# what has been found out and dealt with
KNOWN: Final = 29  # mask of facts
MET: Final = 30  # mask of facts
GROWN: Final = 31  # mask of needs made bigger
RAISED: Final = 32  # mask of objections ever raised
OPEN: Final = 33  # mask of objections raised and not handled, as the seller sees it
HANDLED: Final = 34  # mask of objections handled, as the seller sees it
SETTLED: Final = 35  # mask of objections really settled, hidden
CONFIRMED: Final = 36  # mask of objections settled and confirmed
OFF: Final = 37  # taken off the price

# contact
TALKS: Final = 38  # conversations begun
ATTEMPTS: Final = 39  # unanswered attempts since the last conversation
TRIED: Final = 40  # calls and visits attempted in the run
TOUCHES: Final = 41
EMPTY: Final = 42  # touches with nothing new
LAST_CONTACT: Final = 43  # minute of the last conversation or message, or NEVER
SILENT_AT: Final = 44  # minute at which silence next costs trust, or FAR
HERE_UNTIL: Final = 45  # the buyer waits for the seller until this minute; 0 when not
INBOUND_AT: Final = 46  # minute at which the buyer gets in touch, or FAR
PROMISE: Final = 47  # place in vocabulary.PROMISES
PROMISE_AT: Final = 48
PROMISE_BY: Final = 49  # channel

# ending
RESULT: Final = 50  # place in vocabulary.RESULTS plus one, 0 while open
ENDED_AT: Final = 51
CANCELLED: Final = 52  # 1: the order was cancelled afterwards, hidden until the end

# tallies for the scorecard
ASKS: Final = 53
STEPS: Final = 54
INVITES: Final = 55
FIRST_TRY: Final = 56  # minute of the first attempt, or -1
FIRST_TALK: Final = 57  # minute of the first conversation, or -1
DECISIONS: Final = 58
ADVANCES: Final = 59
CONTINUATIONS: Final = 60
UNDATED: Final = 61  # follow-ups not agreed to a date
KEPT: Final = 62
BROKEN: Final = 63
DUE: Final = 64  # conversations after which a same-day follow-up was due
DONE: Final = 65  # ... and made
DUE_DAY: Final = 66  # day on which one is due, or -1
MOST_PRESSURE: Final = 67
ASKABLE: Final = 68  # 1: there was a moment at which the buyer could have decided
ASKED_ABLE: Final = 69  # asks at such moments
FIRST_CLOSE: Final = 70  # 1: ordered in the first conversation
WORKED: Final = 71  # minutes of the seller's time
ASKED_NOW: Final = 72  # asks in this conversation
HELD_UNTIL: Final = 73  # minute until which rival and drift are held off
OPENED_UP: Final = 74  # mask of objections whose real reason was told
SPENT: Final = 75  # mask of lines that cannot be said again
TOLD_DECIDER: Final = 76  # who decides, once told: that mask plus one, 0 for not told
ASKED_WITH: Final = 77  # how much had been dealt with when the decision was last asked, plus one; 0 before that


TALKED_AT: Final = 78  # minute of the end of the last conversation, or NEVER
REFUSED_NOW: Final = 79  # steps refused in this conversation
JOINS_ASKED: Final = 80  # times somebody else was asked for
WRITES_BACK: Final = 81  # 1 when they answer a message, and can be rung; 0 when they get in touch unasked

# readiness, as the buyer shows it
LINES: Final = 82  # lines said to this buyer in conversations
WINDOW: Final = 83  # lines for which a signal still holds, 0 for none
SIGNALLED_WITH: Final = 84  # how much had been dealt with when the last signal came, plus one; 0 before any
SIGNALS: Final = 85  # signals given
TAKEN: Final = 86  # times the decision was asked while one held
PRICED: Final = 87  # 1: the buyer has heard the price

# contact, as the buyer feels it
LAST_TRY: Final = 88  # minute of the last attempt in vain since they talked, or NEVER
NUISANCE: Final = 89  # how much of a nuisance contact is; hidden
ENOUGH: Final = 90  # nuisance at which the buyer asks to be left alone; hidden
MOST_NUISANCE: Final = 91  # the most it has been
OPTED_OUT: Final = 92  # 1: the buyer has asked to be left alone
HARASSED: Final = 93  # contacts after that
WRITTEN_DAY: Final = 94  # day of the last message, or -1
GIVEN_UP: Final = 95  # 1: the seller closed the file; the buyer had not said no

GIVEN_WAY: Final = 96  # times the price came down for nothing in return
ASKED_BACK: Final = 97  # asks that the buyer answered by asking what it costs

# since the last conversation
LET_PASS: Final = 98  # agreed times that the seller let pass
ABSENT: Final = 99  # agreed times at which the buyer was not there


SLOTS: Final = 100

FAR: Final = 1 << 40
"""A minute that never comes."""

NEVER: Final = -FAR
"""A minute that never was."""
