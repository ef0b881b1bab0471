"""Every experiment by the figure it is about, and what came of it.

Each is deterministic: its buyers and their luck follow from its own name. Each can run by itself, in any process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from engine.evidence import experiments_follow_up as follow_up
from engine.evidence import experiments_speed as speed
from engine.evidence import experiments_talk as talk
from engine.evidence import experiments_visits as visits
from engine.evidence.measurement import Measurement
from engine.evidence.targets import Target, targets

Verdict = Literal["inside", "outside", "not-modelled"]


@dataclass(frozen=True, slots=True)
class Experiment:
    """How one figure is measured."""

    measure: Callable[[int], Measurement]
    places: tuple[int, ...] = ()
    """The places of a published list that the model has, where it does not have them all."""


EXPERIMENTS: Final[Mapping[str, Experiment]] = {
    "lrm.contact_odds_5_30": Experiment(speed.classic_5_30),
    "lrm.qualify_odds_5_30": Experiment(speed.classic_5_30),
    "lrm.qualify_odds_5_10": Experiment(speed.classic_5_10),
    "lrm.contact_odds_5_10": Experiment(speed.classic_5_10),
    "lrm.contact_hour1_hour2": Experiment(speed.classic_hours),
    "lrm.qualify_hour1_hour2": Experiment(speed.classic_hours),
    "lrm.contact_by_six": Experiment(follow_up.by_six),
    "hbr.within1h_vs_hour_later": Experiment(speed.hbr_hour_later),
    "hbr.within1h_vs_24h": Experiment(speed.hbr_day_later),
    "hbr.audit_1h": Experiment(speed.rivals_hour),
    "hbr.audit_1_24h": Experiment(speed.rivals_day),
    "hbr.audit_late": Experiment(speed.rivals_late),
    "hbr.audit_never": Experiment(speed.rivals_never),
    "hbr.audit_mean_h": Experiment(speed.rivals_mean),
    "telfer.hour1": Experiment(speed.telfer_hour),
    "telfer.h1_24": Experiment(speed.telfer_day),
    "telfer.after24": Experiment(speed.telfer_later),
    "telfer.window_10_60": Experiment(speed.window),
    "leads360.lift_1min": Experiment(speed.lift_1),
    "leads360.lift_2min": Experiment(speed.lift_2),
    "leads360.lift_3min": Experiment(speed.lift_3),
    "leads360.lift_24h": Experiment(speed.lift_day),
    "leads360.lift_mid": Experiment(speed.lift_middle),
    "insidesales2014.never": Experiment(speed.rivals_never),
    "drift.within5": Experiment(speed.rivals_five),
    "drift.not_5days": Experiment(speed.rivals_week),
    "revenuehero.never": Experiment(speed.rivals_never),
    "revenuehero.mean_h": Experiment(speed.rivals_mean),
    "clay.never": Experiment(speed.rivals_never),
    "optifai.close_curve": Experiment(speed.close_curve),
    "xant2021.eight_x": Experiment(speed.five_minutes),
    "myth.first_responder_78": Experiment(speed.first_responder),
    "myth.five_followups": Experiment(follow_up.five_follow_ups),
    "myth.ladder": Experiment(follow_up.ladder),
    "plan_a.second_conversation": Experiment(visits.second_conversation),
    "leads360.contactable": Experiment(follow_up.by_call),
    "leads360.converters_6": Experiment(follow_up.converters),
    "homeadvisor.second_call": Experiment(follow_up.second_call),
    "velocify.seven_plus": Experiment(follow_up.seven_calls),
    "velocify.emails_over5": Experiment(follow_up.many_emails),
    "belkins.optout_4plus": Experiment(follow_up.opt_outs),
    "godfrey.ideal_contacts": Experiment(follow_up.ideal_contacts),
    "trackback.callback_share": Experiment(follow_up.callback_share),
    "trackback.latency": Experiment(follow_up.callback_latency),
    "auto.first_visit_strict": Experiment(visits.auto_strict),
    "auto.first_visit": Experiment(visits.auto),
    "auto.beback_close": Experiment(visits.be_backs),
    "auto.return_called_24h": Experiment(visits.called_return),
    "auto.beback_close_called": Experiment(visits.called_close),
    "foureyes.funnel_internet": Experiment(visits.internet_funnel),
    "market.elsewhere_rate": Experiment(visits.elsewhere),
    "market.real_buyers": Experiment(visits.real_buyers),
    "newhome.return": Experiment(visits.home_return),
    "newhome.appt_to_sale": Experiment(visits.home_sale),
    "inhome.close": Experiment(visits.in_home),
    "cancel.by_price": Experiment(visits.cancelled),
    "objection.stated_is_real": Experiment(visits.stated_is_real),
    "objection.real_mix": Experiment(visits.real_mix),
    "same_day.yield_72h": Experiment(visits.same_day),
    "rackham.close_low": Experiment(talk.close_low),
    "rackham.close_high": Experiment(talk.close_high),
    "rackham.objections": Experiment(talk.objections),
    "gong.multithread": Experiment(talk.multithread),
    "outreach.map": Experiment(talk.action_plan),
    "jolt.no_decision": Experiment(talk.no_decision),
    "jolt.indecision_share": Experiment(talk.indecision_share),
    "jolt.prevalence": Experiment(talk.prevalence),
    "jolt.win_by_level": Experiment(talk.win_by_level),
    "plan.date_time": Experiment(talk.date_and_time),
    "plan.date_only": Experiment(talk.date_only),
    "plan.d_meta2006": Experiment(talk.plan_effect),
    "plan.d_meta2024": Experiment(talk.plan_range),
    "autonomy.byaf": Experiment(talk.invitation, places=(1,)),
    "emotion.hours": Experiment(visits.excitement, places=(0,)),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A published figure beside the simulated one."""

    target: Target
    measurement: Measurement | None
    """None where the model does not have the quantity."""
    verdict: Verdict
    doubtful: bool
    """Whether the sampling error could turn the verdict round."""
    places: tuple[int, ...]
    """The places of the published figure that were measured."""

    @property
    def published(self) -> tuple[float, ...]:
        """The part of the published figure that was measured; all of it where nothing was."""
        return tuple(self.target.value[place] for place in self.places)


def measure(id: str, runs: int) -> Measurement:
    """What the simulation gives for a target. An experiment takes `runs` as its unit, and plays several times as many
    where outcomes are rare.

    Raises ValueError for a target that does not exist, with the nearest one, for one that the model does not have, with
    the reason, and for fewer than 20 runs.
    """
    target = targets().named(id)
    if id not in EXPERIMENTS:
        raise ValueError(f"the target {id!r} is not modelled: {target.not_modelled}")
    if runs < LEAST:
        raise ValueError(f"an experiment takes at least {LEAST} runs, not {runs}")
    return EXPERIMENTS[id].measure(runs)


LEAST: Final = 20


def finding(id: str, measurement: Measurement | None) -> Finding:
    """The verdict on a target, from its measurement; None for one that the model does not have."""
    target = targets().named(id)
    every = tuple(range(len(target.value)))
    if measurement is None:
        return Finding(target, None, "not-modelled", False, every)
    places = EXPERIMENTS[id].places or every
    published = tuple(target.value[place] for place in places)
    inside = target.tolerance.inside(published, measurement.values)
    doubtful = target.tolerance.doubtful(published, measurement.values, measurement.errors)
    return Finding(target, measurement, "inside" if inside else "outside", doubtful, places)
