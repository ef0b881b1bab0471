"""Experiments on persistence: calls until somebody answers, messages, calls returned, and sales by contact."""

from __future__ import annotations

from collections import Counter
from typing import Final

from engine import world as at
from engine.evidence.lab import lab, opening
from engine.evidence.measurement import Estimate, Measurement, mean, measured, share
from engine.evidence.parameters import listed
from engine.evidence.populations import Run, first_seed, ordering, played
from engine.evidence.routines import AGAIN, Routine, ordinary
from engine.play import Game
from engine.rules import constants, step
from engine.rules.tables import OUTCOME
from engine.units import DAY, HOUR, WEEK
from engine.world import FAR

DAILY: Final = tuple(10 + DAY * day for day in range(12))
"""Twelve calls, the first after ten minutes, then one a day."""


def contactable(**changes: object) -> Game:
    """Enquiries whose first call connects as often as those of contactable leads; the law of calls does the rest."""
    return lab("lead", reach=constants.CONNECT[0] * 1000, **changes)


def _connected(runs: int) -> tuple[Estimate, ...]:
    """The share reached by each of the twelve calls, the chance of every call being taken from those who were still to
    be reached by it: buyers who ring back are met, and leave the count (Kaplan and Meier 1958, Greenwood's error)."""
    ends = list(played(contactable(drifts=0, rival=None), Routine(calls=DAILY), "connect", runs))
    left, spread, found = 1.0, 0.0, []
    for call in range(1, len(DAILY) + 1):
        tried = [run for run in ends if run.seat.called >= call and not (run.talked and run.seat.before_first < call)]
        hits = sum(run.reached and run.seat.before_first == call for run in tried)
        left *= 1 - hits / max(1, len(tried))
        spread += hits / max(1, len(tried) * (len(tried) - hits))
        found.append(Estimate(1 - left, left * spread**0.5))
    return tuple(found)


_LEAVE: Final = "; those who ring back first are left out from then on"


def reached_by_call(runs: int, *, calls: tuple[int, ...]) -> Measurement:
    found = _connected(2 * runs)
    what = f"share of enquirers reached by call {', '.join(str(call) for call in calls)}, one call a day{_LEAVE}"
    return measured(what, 2 * runs, *(found[call - 1] for call in calls))


def second_call(runs: int) -> Measurement:
    first, second, *_ = _connected(2 * runs)
    missed = 1 - first.value
    what = f"share of those missed by the first call who are reached by the second{_LEAVE}"
    chance = (second.value - first.value) / missed
    return measured(what, 2 * runs, Estimate(chance, (chance * (1 - chance) / (2 * runs * missed)) ** 0.5))


def _persistent(runs: int) -> list[Run]:
    """Enquiries called once a day, twelve times; who rings back is answered."""
    return list(played(contactable(), Routine(first=(ordinary,), calls=DAILY), "persistent", runs))


def orders_by_call(runs: int, *, calls: int) -> Measurement:
    ordered = [run.seat.before_first for run in _persistent(2 * runs) if run.ordered]
    what = f"share of orders that come from enquirers spoken to by call {calls}, with up to twelve calls"
    return measured(what, 2 * runs, share(sum(one <= calls for one in ordered), len(ordered)))


def orders_of_many_calls(runs: int, *, calls: int) -> Measurement:
    """Every enquiry, whether it was reached or not: of those who needed many calls, many never answer."""
    ends = _persistent(4 * runs)
    many = [run for run in ends if run.seat.called >= calls and (not run.talked or run.seat.before_first >= calls)]
    few = [run for run in ends if run.talked and run.seat.before_first < calls]
    what = f"orders per enquiry that took {calls} calls or more (up to twelve), over those spoken to after fewer"
    return measured(what, 4 * runs, ordering(many).over(ordering(few)))


def orders_after_emails(runs: int, *, emails: int) -> Measurement:
    """An e-mail a day, every other one with nothing new in it, and a call an hour after it, until somebody answers."""
    times = tuple(minute for day in range(12) for minute in (10 + DAY * day, 70 + DAY * day))
    routine = Routine(first=(ordinary,), calls=times, lines=("write", "ring", "anything-new", "ring"))
    reached = [run for run in played(contactable(), routine, "emails", 8 * runs) if run.talked]
    sent = [(run.seat.before_first + 1) // 2 for run in reached]
    late = [run for run, number in zip(reached, sent, strict=True) if number > emails]
    early = [run for run, number in zip(reached, sent, strict=True) if number <= emails]
    what = (
        f"orders per conversation with enquirers who had had more than {emails} e-mails by then, over those with "
        "fewer; an e-mail and a call a day, every other e-mail with nothing new in it"
    )
    return measured(what, 8 * runs, ordering(late).over(ordering(early)))


def opt_outs(runs: int, *, emails: int) -> Measurement:
    """Cold e-mails, one a day, every other one with nothing new in it, until somebody answers or has had enough."""

    def opted_out(numbers: tuple[int, ...]) -> Estimate:
        def routine(number: int) -> Routine:
            times = tuple(10 + DAY * day for day in range(numbers[number % len(numbers)]))
            return Routine(calls=times, lines=("anything-new", "write"))

        ends = played(contactable(), routine, "opt-outs", 5 * runs)
        return share(sum(run.p[at.OPTED_OUT] for run in ends), 5 * runs)

    most = 2 * (emails - 1)
    many, few = opted_out(tuple(range(emails, most + 1))), opted_out(tuple(range(1, emails)))
    what = (
        f"share of enquirers who ask to be left alone after {emails} to {most} e-mails, one a day, over the share "
        "after fewer; every other one with nothing new in it"
    )
    return measured(what, 10 * runs, many.over(few))


MOST_CONTACTS: Final = 14


def ideal_contacts(runs: int) -> Measurement:
    """How many useful contacts in three months leave the most trust behind, by telephone and by e-mail in turn.

    The number with the most trust is found, not estimated, so its error is that of halving an odd one.
    """
    runs = max(20, runs // 10)
    game = lab("auto", arrives="known", rival=None, drifts=0, deadline=13 * WEEK)
    trust: list[float] = []
    for contacts in range(MOST_CONTACTS + 1):
        times = tuple(90 * DAY * number // max(1, contacts) + HOUR for number in range(contacts))
        routine = Routine(calls=times, lines=("ring-with-news", "write"), conversations=99)
        trust.append(mean([run.p[at.TRUST] for run in played(game, routine, "ideal", runs)]).value)
    best = trust.index(max(trust))
    what = (
        "number of calls and of e-mails in three months that leaves customers trusting the seller most; all of them "
        "useful, by telephone and by e-mail in turn"
    )
    return Measurement((float(-(-best // 2)), float(best // 2)), (0.5, 0.5), runs * len(trust), what)


# callbacks


def _callbacks(runs: int) -> list[int]:
    """Minutes from a missed call until the buyer gets in touch, `FAR` where they do not; one missed call each."""
    game = lab("lead", rival=None, drifts=0, returns=0)
    ring, missed, seed = game.move_named("ring"), OUTCOME["missed"], first_seed("callbacks")
    found = []
    for number in range(runs):
        core, luck = opening(game, seed + number)
        core = step(game.rules, core, luck, ring, answer=missed)
        back = core[at.FIRST][at.INBOUND_AT]
        found.append(FAR if back >= FAR else back - core[at.CLOCK])
    return found


def callback_share(runs: int) -> Measurement:
    back = _callbacks(4 * runs)
    what = "share of enquirers who ring back after a missed call"
    return measured(what, len(back), share(sum(minutes < FAR for minutes in back), len(back)))


def callback_latency(runs: int, *, within: tuple[int, ...]) -> Measurement:
    back = [minutes for minutes in _callbacks(16 * runs) if minutes < FAR]
    what = f"share of returned calls that come within {listed(within)}"
    return measured(what, 16 * runs, *(share(sum(m <= limit for m in back), len(back)) for limit in within))


# on which contact sales are made

FACE_TO_FACE: Final = ("small_retail", "large_retail", "in_home", "auto", "new_home", "b2b")


def sales_by_contact(runs: int) -> Counter[int]:
    """Orders by the number of contacts (visits, calls, messages) until then, over all kinds of sale that begin face to
    face, each as often; a good ordinary seller who agrees a day and time and keeps it, or calls."""
    routine = Routine(
        first=(ordinary, "tomorrow-this-hour"),
        later=(*AGAIN, "in-a-week-this-hour"),
        calls=tuple(DAY * day for day in (1, 2, 4, 7, 11, 16, 22, 29, 37, 46, 56, 67)),
        conversations=12,
    )
    found: Counter[int] = Counter()
    for preset in FACE_TO_FACE:
        for run in played(lab(preset), routine, "ladder", runs // 2):
            if run.ordered:
                found[1 + run.p[at.TRIED] + run.p[at.TOUCHES]] += 1
    return found


def orders_by_contact(runs: int) -> Measurement:
    orders = sales_by_contact(runs)
    total = sum(orders.values())
    counts = [orders[1], orders[2], orders[3], orders[4]]
    shares = [share(count, total) for count in (*counts, total - sum(counts))]
    what = (
        "share of orders placed on contact 1, 2, 3, 4, and 5 or later, across all kinds of sale that begin face to face"
    )
    return measured(what, runs // 2 * len(FACE_TO_FACE), *shares)


def orders_after(runs: int, *, follow_ups: int) -> Measurement:
    orders = sales_by_contact(runs)
    late = sum(count for number, count in orders.items() if number > follow_ups)
    what = (
        f"share of orders placed after {follow_ups} follow-ups or more, across all kinds of sale that begin face to "
        "face"
    )
    return measured(what, runs // 2 * len(FACE_TO_FACE), share(late, sum(orders.values())))
