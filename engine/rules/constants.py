"""The table of constants: every number of the model, with its unit, its source and how far to trust it.

Sources in [brackets] are target ids of the published figures; 'design choice' means that no published figure exists.
`TABLE` is what reports and documents print; the names are what the rules read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from engine.units import DAY, HOUR, POINT, WEEK
from engine.words import marked

Confidence = Literal["strong", "weak", "design choice"]

DESIGN: Final = "design choice"
_Value = TypeVar("_Value", int, tuple[int, ...])


@dataclass(frozen=True, slots=True)
class Constant:
    """One number of the model."""

    name: str
    value: int | tuple[int, ...]
    unit: str
    source: str
    confidence: Confidence


TABLE: Final[dict[str, Constant]] = {}


def _number(name: str, value: _Value, unit: str, source: str = DESIGN, confidence: Confidence = DESIGN) -> _Value:
    TABLE[name] = Constant(name, value, unit, source, confidence)
    return value


# interest

FLOOR = _number("floor", 5 * POINT, "level")
EXCITEMENT_SHARE = _number("excitement_share", 40, "percent of interest over the floor")
PRESSURE_E_FOLD = _number("pressure_e_fold", 3 * HOUR, "minutes")
MET_PER_WEIGHT = _number("met_per_weight", 45, "hundredths of a point of conviction per point of a need's weight")
IMPLICATION_GROWTH = _number("implication_growth", 50, "percent added to a need's weight")

# trust

SILENCE_PERIOD = _number("silence_period", WEEK, "minutes without contact and with no date agreed, multi-call sales")
SILENCE_TRUST = _number("silence_trust", -3 * POINT, "level a period")
BROKEN_TRUST = _number("broken_trust", -15 * POINT, "level a promise not kept by the seller")
KEPT_TRUST = _number("kept_trust", 6 * POINT, "level a promise kept")
REAL_ANSWER_TRUST = _number("real_answer_trust", 4 * POINT, "level when the real reason is answered")
WALKED_OUT_TRUST = _number("walked_out_trust", -3 * POINT, "level")
OPEN_UP_TRUST = _number("open_up_trust", 15 * POINT, "level from which a buyer says what lies behind an objection")
TOUCH_TRUST = _number(
    "touch_trust",
    (500, 500, 400, 400, 300, 200, -100, -400, -900, -1600),
    "level for the nth message in a run; the last for all later ones",
    "godfrey.ideal_contacts, velocify.emails_over5",
    "strong",
)
EMPTY_COUNTS = _number("empty_counts", 2, "touches that an empty one counts for")

# pressure

UNDEVELOPED_ASK = _number("undeveloped_ask", 8 * POINT, "level for asking before any need is known")
REPEATED_ASK = _number("repeated_ask", 6 * POINT, "level for each earlier ask in the run")
QUESTIONS_IN_A_ROW = _number("questions_in_a_row", 3, "closed questions from which they feel like an interrogation")
INTERROGATION = _number("interrogation", 4 * POINT, "level")
PITCH_WITHOUT_NEED = _number("pitch_without_need", 2 * POINT, "level for presenting to no known need")

# listening

PAST_EXCITEMENT = _number("past_excitement", -6 * POINT, "level when something is answered that they had not told")
PAST_TRUST = _number("past_trust", -5 * POINT, "level then")
PAST_PRESSURE = _number("past_pressure", 5 * POINT, "level then")
AGAIN_TRUST = _number("again_trust", -2 * POINT, "level when the same thing is said once more, to no purpose")
AGAIN_PRESSURE = _number("again_pressure", 3 * POINT, "level then")

# readiness

SIGNAL_BASE = _number("signal_base", -400, "log-odds/1000 of a signal after a line, from a buyer who is half ready")
SIGNAL_STEEP = _number("signal_steep", 2, "log-odds of a signal per log-odds of an order")
SIGNAL_LINES = _number("signal_lines", 2, "lines for which a signal holds")
MISSED_EXCITEMENT = _number("missed_excitement", -8 * POINT, "level when a signal passes and nobody asks")
DECIDE_SIGNAL = _number("decide_signal", 1300, "log-odds/1000 while a signal holds")
DECIDE_NO_SIGNAL = _number("decide_no_signal", -1000, "log-odds/1000 without one")
NO_SIGNAL_ASK = _number("no_signal_ask", 5 * POINT, "level of pressure for asking without one")

# the decision, log-odds in thousandths

DECIDE_BASE = _number("decide_base", -3800, "log-odds/1000")
DECIDE_INTEREST = _number("decide_interest", 4200, "log-odds/1000 at full interest")
DECIDE_TRUST = _number(
    "decide_trust", 2600, "log-odds/1000 at full trust", "source [59]: trust helps, moderately", "weak"
)
DECIDE_NEEDS = _number("decide_needs", 2600, "log-odds/1000 when all needs are met")
DECIDE_OPEN = _number("decide_open", -1300, "log-odds/1000 an unsettled objection")
DECIDE_AGAIN_SMALL = _number("decide_again_small", 208, "log-odds/1000 an earlier ask", "rackham.close_low", "weak")
DECIDE_AGAIN_LARGE = _number("decide_again_large", -385, "log-odds/1000 an earlier ask", "rackham.close_high", "weak")
DECIDE_NOTHING_NEW = _number(
    "decide_nothing_new", -1500, "log-odds/1000 when nothing was dealt with since the decision was last asked"
)
DECIDE_PRESSURE_SMALL = _number(
    "decide_pressure_small", 210, "log-odds/1000 at full pressure", "rackham.close_low", "weak"
)
DECIDE_PRESSURE_LARGE = _number(
    "decide_pressure_large", -2600, "log-odds/1000 at full pressure", "rackham.close_high", "weak"
)
DECIDE_INDECISION = _number(
    "decide_indecision", (0, -970, -3180), "log-odds/1000 at low, moderate, high", "jolt.win_by_level", "weak"
)
SETTLED_INDECISION = _number(
    "settled_indecision", 60, "percent of indecision that goes once needs and reasons are dealt with"
)
DECIDE_OFF = _number("decide_off", 90, "log-odds/1000 a percent off the price")
DECIDE_OFF_MOST = _number("decide_off_most", 700, "log-odds/1000 at most for discounts")
DECIDE_WAITS = _number(
    "decide_waits",
    (0, -300, -1200, -2400),
    "log-odds/1000 once the price has come down never, once, twice ... for nothing; the last for all later ones",
)

OBJECTS_SHARE = _number("objects_share", 600_000, "millionths of refusals that raise an objection, if there is one")
NO_SHARE = _number("no_share", 80_000, "millionths of refusals that are a clear no, without pressure")
NO_PRESSURE = _number("no_pressure", 500_000, "millionths added at full pressure")
FALSE_NO = _number("false_no", 60_000, "millionths: a non-buyer says no when asked to decide, without trust")
FALSE_NO_TRUST = _number("false_no_trust", 350_000, "millionths added at full trust")
PITCH_OBJECTION = _number(
    "pitch_objection",
    550_000,
    "millionths: presenting to no known need raises an objection",
    "rackham.objections",
    "weak",
)
TIED_OBJECTION = _number(
    "tied_objection",
    150_000,
    "millionths: presenting to a known need raises an objection",
    "rackham.objections",
    "weak",
)

# steps, invitations, company

AGREE_BASE = _number("agree_base", -3700, "log-odds/1000", "foureyes.funnel_internet", "weak")
AGREE_INTEREST = _number("agree_interest", 3600, "log-odds/1000 at full interest")
AGREE_TRUST = _number("agree_trust", 3000, "log-odds/1000 at full trust")
AGREE_PRESSURE = _number("agree_pressure", -3000, "log-odds/1000 at full pressure")
AGREE_TIMED = _number("agree_timed", 300, "log-odds/1000 when an hour is named", "plan.date_time", "weak")
AGREE_OPEN = _number("agree_open", 20 * POINT, "level of trust below which fewer agree, and nobody without any")
AGREE_AGAIN = _number("agree_again", -1200, "log-odds/1000 a step refused in the same conversation")
AGREE_POLITELY = _number("agree_politely", -500, "log-odds/1000 for somebody who will never buy")
TAKES_NO = _number("takes_no", 550_000, "millionths: a non-buyer takes the invitation to say no, without trust")
TAKES_NO_TRUST = _number("takes_no_trust", 400_000, "millionths added at full trust")
BUYER_TAKES_NO = _number("buyer_takes_no", 80_000, "millionths at no interest; none at full interest")
JOINS = _number("joins", 350_000, "millionths: the other decider comes to the table, without trust")
JOINS_TRUST = _number("joins_trust", 650_000, "millionths added at full trust")

# contact between conversations

REACH_AFTER = _number(
    "reach_after",
    (30_000, 520_000, 600, 800),
    "floor and start in millionths, scale in minutes, tail/1000: reach of a visitor by delay",
    "auto.return_called_24h, plan_a.second_conversation, same_day.yield_72h",
    "weak",
)
REACH_LEAD = {
    "telfer": _number(
        "reach_telfer",
        (39_000, 111, 660),
        "floor, scale/100 min, tail/1000",
        "telfer.hour1, telfer.h1_24, telfer.after24",
        "weak",
    ),
    "hbr": _number(
        "reach_hbr",
        (3_300, 127, 900),
        "floor, scale/100 min, tail/1000",
        "hbr.within1h_vs_hour_later, hbr.within1h_vs_24h",
        "weak",
    ),
    "classic": _number(
        "reach_classic",
        (13_700, 414, 2720),
        "floor, scale/100 min, power/1000 (log-logistic)",
        "lrm.qualify_odds_5_30, lrm.qualify_odds_5_10, lrm.qualify_hour1_hour2",
        "weak",
    ),
}
CONNECT = _number(
    "connect",
    (390, 540, 390, 290, 250, 220, 80),
    "thousandths: connect hazard of call 1, 2, ...; the last for all later ones",
    "leads360.contactable, leads360.converters_6, homeadvisor.second_call, velocify.seven_plus",
    "weak",
)
REACH_MOST = _number("reach_most", 950_000, "millionths")
KEPT_BASE = _number(
    "kept_base", 240, "log-odds/1000 that a timed step is kept", "foureyes.funnel_internet, plan.d_meta2006", "weak"
)
KEPT_TRUST_ODDS = _number("kept_trust_odds", 3000, "log-odds/1000 from no to full trust, around 45 points")
KEPT_INTEREST_ODDS = _number("kept_interest_odds", 2400, "log-odds/1000 from no to full interest, around 50 points")
KEPT_FALSE = _number("kept_false", -1600, "log-odds/1000 for somebody who will never buy")
DATED_ODDS = _number("dated_odds", 70, "log-odds/1000 a day without a time adds to reach", "plan.date_only", "strong")
CALLBACK = _number("callback", 200_000, "millionths: a missed call is returned", "trackback.callback_share", "weak")
CALLBACK_MINUTES = _number(
    "callback_minutes",
    (1, 1, 1, 1, 1, 2, 3, 4, 5, 7, 10, 13, 17, 23, 31, 41, 56, 77, 109, 158, 238, 382, 681, 1491, 6243),
    "minutes: equally likely delays of a returned call (lognormal, median 17, sigma 2.87)",
    "trackback.latency",
    "weak",
)
MESSAGE_REPLY = _number("message_reply", 90_000, "millionths: a message is answered, at no interest")
MESSAGE_REPLY_INTEREST = _number("message_reply_interest", 380_000, "millionths added at full interest")
MESSAGE_EMPTY = _number("message_empty", 50, "percent of that for a message with nothing in it")
MESSAGE_FALSE = _number("message_false", 50, "percent of it for somebody who will never buy")
MESSAGE_LEAD = _number("message_lead", 200, "percent of reach that it is at most for an enquiry nobody has spoken to")
MESSAGE_MINUTES = _number("message_minutes", (4, 11, 25, 50, 90, 170, 330, 700, 1500), "minutes: equally likely delays")
RETURN_DAYS = _number("return_days", 5, "days over which unaided returns spread")
SAME_ATTEMPT = _number("same_attempt", 15, "minutes within which unanswered calls are one attempt")
NUISANCE_MISSED = _number(
    "nuisance_missed", (0, 0, 0, 1, 1, 2, 2, 3), "nuisance of unanswered attempt 1, 2, ...; the last for all later ones"
)
NUISANCE_RINGING = _number("nuisance_ringing", 2, "nuisance of ringing again within the same attempt")
SOON = _number(
    "soon",
    4 * HOUR,
    "minutes after a conversation within which a call that was not agreed is soon, and patience comes back",
)
NUISANCE_SOON = _number("nuisance_soon", 2, "nuisance of a call so soon")
SOON_TRUST = _number("soon_trust", -3 * POINT, "level for a call so soon, or again within the same attempt")
NUISANCE_EMPTY = _number("nuisance_empty", 1, "nuisance of a message with nothing in it")
NUISANCE_AGAIN = _number("nuisance_again", 2, "nuisance of another message on the same day")
MANY = _number("many", 6, "messages from which another one is too many", "godfrey.ideal_contacts", "strong")
NUISANCE_MANY = _number("nuisance_many", 2, "nuisance of one past them")
NUISANCE_SPAN = _number("nuisance_span", (8, 14), "nuisance, from and to, at which most buyers have had enough")
TOUCHY = _number(
    "touchy",
    (10_000, 20_000, 60_000),
    "millionths of buyers who have had enough at 1, 2, 3 points of it already",
    "belkins.optout_4plus",
    "weak",
)
NUISANCE_WEAR = _number("nuisance_wear", 20, "nuisance that would leave no reach and no answers")
OPT_OUT_TRUST = _number("opt_out_trust", -25 * POINT, "level when a buyer asks to be left alone")
HARASSED_TRUST = _number("harassed_trust", -10 * POINT, "level for each contact after that")
HERE_FOR = _number("here_for", 2 * HOUR, "minutes a buyer who got in touch waits for an answer")
GRACE = _number("grace", 20, "minutes around an agreed time that count as kept")

# rivals and the status quo

HOLDS_ONE_CALL = _number("holds_one_call", 4 * HOUR, "minutes that contact holds rivals and the status quo off")
HOLDS_MULTI_CALL = _number("holds_multi_call", 9 * DAY, "minutes that contact holds them off in a multi-call sale")
DRIFT_INDECISION = _number("drift_indecision", (60, 100, 160), "percent of the drift rate at low, moderate, high")
RIVAL_NEVER = _number(
    "rival_never", 230_000, "millionths of firms that never answer an enquiry", "hbr.audit_never", "strong"
)
RIVAL_REPLY = _number(
    "rival_reply",
    (1, 1, 1, 3, 6, 15, 34, 100, 350, 1100, 2700, 8000, 18_000, 100_000),
    "minutes: equally likely reply times of firms that answer; the last is past the 30 days of the audit",
    "hbr.audit_1h, hbr.audit_1_24h, hbr.audit_late, hbr.audit_mean_h",
    "strong",
)

# endings

CANCEL_PRICES = _number(
    "cancel_prices", (500_000, 1_200_000, 2_500_000), "minor units: price bands", "cancel.by_price", "weak"
)
CANCEL = _number(
    "cancel",
    (50_000, 100_000, 150_000, 200_000),
    "millionths by price band, one-call sales",
    "cancel.by_price",
    "weak",
)
CANCEL_MULTI_CALL = _number("cancel_multi_call", 40, "percent of it in sales of many calls", "cancel.by_price", "weak")
CANCEL_PRESSURE = _number("cancel_pressure", 150, "percent added at full pressure at the close")
LIMBO = _number("limbo", 2 * HOUR, "minutes of the seller's time that a prospect left undecided costs afterwards")


MOODS: Final = (
    *(marked("cornered"), marked("restless"), marked("guarded"), marked("polite")),
    *(marked("open"), marked("warm"), marked("keen")),
)
"""How a buyer comes across, from the levels, to be translated where it is shown; see `Turn.mood`."""

CORNERED = _number("cornered", 45 * POINT, "level of pressure from which a buyer is cornered")
RESTLESS = _number("restless", 6, "a buyer is restless with less than one part in this many of their patience left")
WARMTH = _number(
    "warmth",
    (30 * POINT, 42 * POINT, 54 * POINT, 66 * POINT),
    "level: the mean of interest and trust from which a buyer is polite, open, warm, keen; below all, guarded",
)


def as_markdown() -> str:
    """The table of constants as the documentation prints it."""
    rows = ["| constant | value | unit | source | confidence |", "|---|---|---|---|---|"]
    for one in TABLE.values():
        value = ", ".join(f"{number:,}" for number in one.value) if isinstance(one.value, tuple) else f"{one.value:,}"
        rows.append(f"| `{one.name}` | {value} | {one.unit} | {one.source} | {one.confidence} |")
    return "\n".join(rows)
