"""Every experiment by its name, with what it takes and the unit of what it gives.

A published figure names one in `targets.yaml`, with its parameters; that is all there is to adding a figure. Each is
deterministic: its buyers and their luck follow from names. Each can run by itself, in any process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import Parameter, signature
from typing import Any, Final

from engine.evidence import experiments_follow_up as follow_up
from engine.evidence import experiments_speed as speed
from engine.evidence import experiments_talk as talk
from engine.evidence import experiments_visits as visits
from engine.evidence.measurement import Measurement
from engine.evidence.parameters import REACH, SALE, SALES, Read, number, numbers, stretch, time, times, word
from engine.scenario.nearest import meant

UNITS: Final[Mapping[str, Mapping[str, float]]] = {
    "share": {"percent": 100},
    "gain": {"points": 100},
    "lift": {"percent": 100},
    "ratio": {},
    "odds ratio": {},
    "effect size": {},
    "contacts": {},
    "hours": {"minutes": 60, "days": 1 / 24, "weeks": 1 / 168},
}
"""The units of what experiments give, each with those that a figure can be stated in instead, and how many of these go
into one. A gain is a difference of two shares, a lift a ratio less one."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """How one kind of figure is measured."""

    measure: Callable[..., Measurement]
    unit: str
    """Of `UNITS`."""
    takes: Mapping[str, Read]
    """Its parameters; those with a default in the function may be left out."""
    results: tuple[str, ...] = ()
    """What its numbers are called, where it always gives several and a figure may be about some of them."""
    each: str = ""
    """The parameter that is a list, for each item of which it gives a number."""

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters, from what the file has. Raises ValueError for one that is unknown, missing or wrong."""
        for name in given:
            if name not in self.takes:
                known = meant(str(name), self.takes) or "it takes none"
                raise ValueError(f"has no parameter {name!r}; {known}")
        needed = signature(self.measure).parameters
        for name in self.takes:
            if name not in given and needed[name].default is Parameter.empty:
                raise ValueError(f"needs the parameter {name!r}")
        found = {}
        for name, value in given.items():
            try:
                found[name] = self.takes[name](value)
            except ValueError as error:
                raise ValueError(f"cannot take {name}: {error}") from None
        return found


_CALLS: Final = len(follow_up.DAILY)

EXPERIMENTS: Final[Mapping[str, Experiment]] = {
    # how soon an enquiry is answered
    "contact": Experiment(speed.contact, "share", {"reach": REACH, "when": stretch}),
    "contact_odds": Experiment(speed.contact_odds, "odds ratio", {"reach": REACH, "sooner": stretch, "later": stretch}),
    "contact_ratio": Experiment(speed.contact_ratio, "ratio", {"reach": REACH, "sooner": stretch, "later": stretch}),
    "orders_at": Experiment(speed.orders_at, "share", {"at": times}, each="at"),
    "orders_lift": Experiment(speed.orders_lift, "lift", {"at": times}, each="at"),
    "orders_ratio": Experiment(speed.orders_ratio, "ratio", {"sooner": stretch, "later": stretch}),
    "orders_window": Experiment(speed.orders_window, "lift", {"when": stretch}),
    "rivals_answer": Experiment(speed.rivals_answer, "share", {"after": time, "within": time}),
    "rivals_silent": Experiment(speed.rivals_silent, "share", {"after": time}),
    "rivals_mean": Experiment(speed.rivals_mean, "hours", {"within": time}),
    "first_responder": Experiment(speed.first_responder, "share", {}),
    # persistence
    "reached_by_call": Experiment(follow_up.reached_by_call, "share", {"calls": numbers(1, _CALLS)}, each="calls"),
    "second_call": Experiment(follow_up.second_call, "share", {}),
    "orders_by_call": Experiment(follow_up.orders_by_call, "share", {"calls": number(1, _CALLS)}),
    "orders_of_many_calls": Experiment(follow_up.orders_of_many_calls, "ratio", {"calls": number(2, _CALLS)}),
    "orders_after_emails": Experiment(follow_up.orders_after_emails, "ratio", {"emails": number(1, 11)}),
    "opt_outs": Experiment(follow_up.opt_outs, "ratio", {"emails": number(2, 10)}),
    "ideal_contacts": Experiment(follow_up.ideal_contacts, "contacts", {}, ("calls", "emails")),
    "callback_share": Experiment(follow_up.callback_share, "share", {}),
    "callback_latency": Experiment(follow_up.callback_latency, "share", {"within": times}, each="within"),
    "orders_by_contact": Experiment(follow_up.orders_by_contact, "share", {}, ("1", "2", "3", "4", "later")),
    "orders_after": Experiment(follow_up.orders_after, "share", {"follow_ups": number(1, 12)}),
    # visits
    "first_visit_orders": Experiment(visits.first_visit_orders, "share", {"sale": SALE}),
    "orders": Experiment(visits.orders, "share", {"sale": SALE}),
    "second_conversation": Experiment(visits.second_conversation, "share", {"sale": SALE}),
    "beback_orders": Experiment(visits.beback_orders, "share", {"sale": SALE}),
    "return_called": Experiment(visits.return_called, "share", {"sale": SALE, "when": stretch}),
    "return_called_orders": Experiment(visits.return_called_orders, "share", {"sale": SALE, "when": stretch}),
    "call_yield": Experiment(visits.call_yield, "ratio", {"later": time, "sooner": time}),
    "date_agreed": Experiment(visits.date_agreed, "share", {"sale": SALE}),
    "date_kept": Experiment(visits.date_kept, "share", {"sale": SALE}),
    "enquiry_funnel": Experiment(
        visits.enquiry_funnel, "share", {}, ("contact", "appointment", "appointment kept", "order")
    ),
    "bought_elsewhere": Experiment(visits.bought_elsewhere, "share", {"sale": SALE, "days": number(1, 13)}),
    "real_buyers": Experiment(visits.real_buyers, "share", {"sale": SALE}),
    "cancelled": Experiment(visits.cancelled, "share", {"prices": numbers(1, 1_000_000)}, each="prices"),
    "stated_is_real": Experiment(visits.stated_is_real, "share", {}),
    "reasons": Experiment(visits.real_mix, "share", {}, ("money", "stock", "welcome")),
    "excitement": Experiment(visits.excitement, "hours", {}),
    # what is said
    "closing": Experiment(talk.closing, "share", {"sale": SALE}, ("asked once", "asked after every line")),
    "objections": Experiment(talk.objections, "ratio", {"sale": SALE}),
    "invitation": Experiment(talk.invitation, "effect size", {}),
    "date_gain": Experiment(talk.date_gain, "gain", {"asked": word(*talk.DATES), "sale": SALE}),
    "plan_effect": Experiment(talk.plan_effect, "effect size", {"sale": SALE}),
    "plan_effects": Experiment(talk.plan_effects, "effect size", {"sales": SALES}, ("smallest", "largest")),
    "no_decision": Experiment(talk.no_decision, "share", {}),
    "indecision_share": Experiment(talk.indecision_share, "share", {}),
    "undecided_buyers": Experiment(talk.undecided_buyers, "share", {"sale": SALE}),
    "win_by_level": Experiment(talk.win_by_level, "share", {}, ("low", "moderate", "high")),
    "action_plan": Experiment(talk.action_plan, "lift", {}),
    "multithread": Experiment(talk.multithread, "lift", {}),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """An experiment with its parameters, as a published figure asks for it."""

    name: str
    given: tuple[tuple[str, Any], ...] = ()
    results: tuple[str, ...] = ()
    """The numbers that are wanted; empty for all of them."""
    unit: str = ""
    """That of the figure; empty for the experiment's own."""

    @property
    def numbers(self) -> int:
        """How many numbers it gives."""
        experiment = EXPERIMENTS[self.name]
        if self.results or experiment.results:
            return len(self.results or experiment.results)
        return len(dict(self.given)[experiment.each]) if experiment.each else 1

    def measure(self, runs: int) -> Measurement:
        """What it gives, in the unit that was asked for."""
        experiment = EXPERIMENTS[self.name]
        found = experiment.measure(runs, **dict(self.given))
        places = [experiment.results.index(one) for one in self.results] or range(len(found.values))
        per = UNITS[experiment.unit].get(self.unit, 1.0)
        return Measurement(
            tuple(per * found.values[place] for place in places),
            tuple(per * found.errors[place] for place in places),
            found.runs,
            found.what,
        )


def asked(name: str, given: Mapping[str, Any], results: tuple[str, ...] = (), unit: str = "") -> Asked:
    """An experiment as it was asked for.

    Raises ValueError, with what there is instead, for an experiment, a parameter, a result or a unit that is unknown.
    """
    if name not in EXPERIMENTS:
        raise ValueError(f"there is no experiment {name!r}; {meant(name, EXPERIMENTS)}")
    experiment = EXPERIMENTS[name]
    try:
        parameters = experiment.read(given)
    except ValueError as error:
        raise ValueError(f"the experiment {name!r} {error}") from None
    for result in results:
        if result not in experiment.results:
            known = meant(result, experiment.results) or "it gives one"
            raise ValueError(f"the experiment {name!r} has no result {result!r}; {known}")
    if unit and unit not in (units := (experiment.unit, *UNITS[experiment.unit])):
        raise ValueError(f"the experiment {name!r} does not give {unit!r}; {meant(unit, units)}")
    return Asked(name, tuple(sorted(parameters.items())), results, unit)
