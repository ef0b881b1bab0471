"""What can never come about is told by line, without playing: a second input of each kind beside those of the pages."""

from __future__ import annotations

import pytest

from engine.scenario import check_scenario
from tests.engine.sales import DESK
from tests.engine.scenario.shop import SHOP, Told, changed, problems
from tests.growth import grows_evenly


def desk(*changes: tuple[str, str], more: str = "") -> list[Told]:
    """What is said about the desk with some things changed, and more lines at its end."""
    text = DESK + more
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return problems(text)


def only(found: list[Told], code: str) -> Told:
    """The only problem of this code."""
    (told,) = [each for each in found if each.code == code]
    return told


def test_the_desk_itself_is_without_fault() -> None:
    assert desk() == []


# --- days ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("say", "when", "better"),
    [
        ("Shall we say Thursday at four?", "at: 16:00", "Thu 16:00"),
        ("Shall we say Thursday at four?", "at: Fri 16:00", "Thu 16:00"),
        ("I'll ring you tomorrow.", "on: in 3 days", "tomorrow"),
        ("Then on Monday.", "on: Tue", "Mon"),
    ],
)
def test_a_step_on_another_day_than_its_text_is_told_with_the_day(say: str, when: str, better: str) -> None:
    told = only(desk(more=f'  step: {{kind: propose-dated-step, say: "{say}", {when}}}\n'), "FV416")
    assert told.problem.level == "warning"
    assert told.help == f"write `{better}`"


@pytest.mark.parametrize(
    ("say", "when"),
    [
        ("Tomorrow at ten?", "at: tomorrow 10:00"),
        ("Tomorrow at ten?", "at: Wed 10:00"),
        ("At ten?", "at: 10:00"),
        ("Not on Monday: on Tuesday at ten?", "at: 10:00"),
        ("In three days, at ten?", "at: in 3 days 10:00"),
    ],
)
def test_a_step_that_says_what_it_proposes_is_fine(say: str, when: str) -> None:
    assert desk(more=f'  step: {{kind: propose-dated-step, say: "{say}", {when}}}\n') == []


def test_the_words_for_days_are_those_of_the_language() -> None:
    step = '  step: {kind: propose-dated-step, say: "%s", at: 10:00}\n'
    german = ("offer:", "language: de\noffer:")
    assert only(desk(german, more=step % "Kommen Sie morgen um zehn."), "FV416").help == "write `tomorrow 10:00`"
    assert desk(german, more=step % "Am Morgen um zehn?") == []
    assert desk(more=step % "Kommen Sie morgen um zehn.") == []


# --- fields that contradict each other -------------------------------------------------------------------------------


def test_a_sale_of_many_calls_is_possible_with_nothing_but_its_defaults() -> None:
    assert desk(("buyer:", "sale: multi-call\nbuyer:")) == []


def test_a_deadline_before_anybody_is_ready_is_told_with_both_numbers() -> None:
    sale = "sale: multi-call\nbuyer: {name: Rui, ready: 9d..12d}\ncalendar: {deadline: 1w}"
    told = only(desk(("buyer: {name: Rui}", sale)), "FV417")
    assert (told.problem.level, told.under) == ("warning", "ready")
    assert "9 days" in told.message
    assert "7 days" in told.message


def test_a_one_call_sale_that_nobody_can_decide_in_one_is_a_hint() -> None:
    assert only(desk(("buyer:", "ceiling: 0%\nbuyer:")), "FV417").problem.level == "hint"


def test_those_who_could_decide_later_and_never_can_are_a_hint() -> None:
    told = only(desk(("buyer: {name: Rui}", "buyer: {name: Rui, ready: 9d..12d}\ncalendar: {deadline: 1w}")), "FV417")
    assert told.problem.level == "hint"
    assert "70%" in told.message


def test_a_population_in_which_nobody_buys_is_told() -> None:
    assert only(desk(("{name: Rui}", "{name: Rui, real: 0%}")), "FV417").under == "0%"


def test_an_amount_with_decimals_in_a_currency_without_them_is_told() -> None:
    told = only(desk(("{price: 640,", "{currency: JPY, price: 640.50,")), "FV307")
    assert (told.problem.level, told.under, told.help) == ("warning", "640.50", "write `640`")


# --- time ------------------------------------------------------------------------------------------------------------


def test_a_line_longer_than_the_most_patient_buyer_is_told_by_its_kind_too() -> None:
    found = desk(("{name: Rui}", "{name: Rui, patience: 4m..5m}"), ("kind: open-question,", "kind: closed-question,"))
    assert only(found, "FV410").under == "lift"


def test_a_question_that_no_patience_lasts_for_is_told_with_the_minutes() -> None:
    told = only(
        desk(
            ("lines:", "stages: [{id: talk, turns: 2}, {id: decide}]\nlines:"),
            ("{name: Rui}", "{name: Rui, patience: 4m..6m}"),
            ("{kind: open-question,", "{stage: talk, takes: 4m, kind: open-question,"),
            ("{kind: demonstrate,", "{stage: talk, takes: 5m, kind: demonstrate,"),
            ("{kind: ask-for-decision,", "{stage: decide, kind: ask-for-decision,"),
        ),
        "FV411",
    )
    assert told.under == "ask"
    assert told.message.count("6 min") == 2  # the price and one of the others take it, and so long they stay


def test_a_stage_that_may_be_over_sooner_is_not_doubted() -> None:
    found = desk(
        ("lines:", "stages: [{id: talk, turns: 9, until: {knows: back}}, decide]\nlines:"),
        ("{name: Rui}", "{name: Rui, patience: 6m..8m}"),
        ("{kind: open-question,", "{stage: talk, kind: open-question,"),
        ("{kind: ask-for-decision,", "{stage: decide, kind: ask-for-decision,"),
    )
    assert [each.code for each in found] == []


@pytest.mark.parametrize(
    ("when", "under"), [("in: 8d", "8d"), ("at: Wed 10:00", "Wed 10:00"), ("on: in 2 days", "in 2 days")]
)
def test_a_step_that_falls_on_the_end_of_the_sale_or_later_is_told(when: str, under: str) -> None:
    found = desk(
        ("buyer: {name: Rui}", "buyer: {name: Rui, ready: 1h..2h}\ncalendar: {start: Mon 16:00, deadline: 1d}"),
        more=f"  step: {{kind: propose-dated-step, say: And then?, {when}}}\n",
    )
    assert only(found, "FV415").under == under


# --- order -----------------------------------------------------------------------------------------------------------


def test_two_lines_that_wait_for_each_other_are_told_with_the_circle() -> None:
    found = desk(
        ("say: Push here.,", "say: Push here., when: {said: sit},"),
        more="  sit: {kind: listen, say: Sit down first., when: {said: lift}}\n",
    )
    messages = [each.message for each in found if each.code == "FV404"]
    assert len(messages) == 2
    assert "`lift` waits for `sit`, and `sit` waits for `lift`" in messages[0]


def test_an_ask_that_waits_for_what_never_comes_leaves_nothing_to_sell() -> None:
    found = desk(
        ("say: Shall we send it?", "say: Shall we send it?, when: {said: sit}"),
        more="  sit: {kind: listen, say: Sit down first., when: {said: ask}}\n",
    )
    assert only(found, "FV406").under == "ask"


def test_a_stage_whose_only_line_is_never_offered_is_told() -> None:
    found = desk(
        ("lines:", "stages: [talk, show, decide]\nlines:"),
        ("{kind: open-question,", "{stage: decide, kind: open-question,"),
        (
            "{kind: demonstrate, say: Push here.,",
            "{stage: show, kind: demonstrate, say: Push here., when: {knows: back},",
        ),
        ("{kind: quote,", "{stage: talk, kind: quote,"),
        ("{kind: ask-for-decision,", "{stage: decide, kind: ask-for-decision,"),
    )
    assert only(found, "FV401").under == "show"
    assert only(found, "FV404").under == "back"


def test_a_stage_that_is_only_reached_by_a_reply_is_reached() -> None:
    found = desk(
        ("lines:", "stages: [talk, aside, decide]\nlines:"),
        (
            "{kind: open-question, say: Where does it hurt?, reveals: back}",
            "{stage: talk, kind: open-question, say: Where does it hurt?, reveals: back, opens: decide, "
            "replies: [{when: {trust: ..24}, says: Why?, opens: aside}, Here.]}",
        ),
        ("{kind: demonstrate,", "{stage: aside, kind: demonstrate,"),
        ("{kind: quote,", "{stage: aside..decide, kind: quote,"),
        ("{kind: ask-for-decision,", "{stage: decide, kind: ask-for-decision,"),
    )
    assert found == []


def test_a_later_conversation_that_resumes_at_a_stage_reaches_it() -> None:
    island = (
        ("lines:", "stages: [talk, island, decide]\nlines:"),
        ("{kind: open-question,", "{stage: talk, opens: decide, kind: open-question,"),
        ("{kind: demonstrate,", "{stage: decide, kind: demonstrate,"),
        ("{kind: quote,", "{stage: island, kind: quote,"),
        ("{kind: ask-for-decision,", "{stage: decide, kind: ask-for-decision,"),
    )
    step = "  step: {stage: decide, kind: propose-dated-step, say: On Thursday?, on: Thu%s}\n"
    assert only(desk(*island, more=step % ""), "FV412").under == "island"
    assert desk(*island, more=step % ", resume: island") == []


def test_what_is_reached_by_a_call_between_conversations_is_reached() -> None:
    found = desk(
        ("{name: Rui}", "{name: Rui, arrives: lead}"),
        ("lines:", "stages: [talk, decide]\nlines:"),
        ("{kind: open-question,", "{stage: decide, kind: open-question,"),
        ("{kind: quote,", "{stage: talk, kind: quote,"),
    )
    assert found == []


def test_a_need_that_comes_out_in_the_next_conversation_can_be_met_there() -> None:
    late = (
        ("lines:", "stages: [show, talk]\nlines:"),
        ("{kind: open-question,", "{stage: talk, kind: open-question,"),
        ("{kind: demonstrate,", "{stage: show, kind: demonstrate,"),
    )
    assert only(desk(*late), "FV414").under == "back"
    assert desk(*late, more="  photo: {kind: touch, say: Send him the photo., meets: back}\n") == []


# --- replies ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("replies", "under"),
    [
        ("[{when: {trust: 20..}, says: a}, {when: {trust: 30..40}, says: b}, c]", "b"),
        ("[{when: {trust: ..49}, says: a}, {when: {trust: 50..}, says: b}, {when: {interest: 60..}, says: c}]", "c"),
        ("[{when: {has: back}, says: a}, {when: {lacks: back}, says: b}, c]", "c"),
        ("[{when: {ready: yes}, says: a}, {when: {ready: no}, says: b}, {when: {real: no}, says: c}]", "c"),
        ("[{when: {indecision: [low, high]}, says: a}, {when: {indecision: moderate}, says: b}, c]", "c"),
    ],
)
def test_a_reply_that_others_always_beat_is_told(replies: str, under: str) -> None:
    needs = ("says: By four I have to lie on the floor.}", "says: By four I have to lie on the floor., chance: 50%}")
    found = desk(needs, more=f"  hm: {{kind: listen, say: Hm., replies: {replies}}}\n")
    told = only(found, "FV407")
    assert told.under == under
    assert told.problem.related is not None


@pytest.mark.parametrize(
    "replies",
    [
        "[{when: {trust: 50..}, says: a}, {when: {trust: 10..}, says: b}, c]",
        "[{when: {trust: ..40}, says: a}, {when: {trust: 50..}, says: b}, c]",
        "[{when: {trust: 10..}, says: a}, {when: {trust: 50.., ready: yes}, says: b}]",
        "[{when: {weekday: [Mon, Tue]}, says: a}, {when: {weekday: Wed}, says: b}, c]",
        "[{when: {time: ..12:00}, says: a}, {when: {time: 13:00..}, says: b}, c]",
        "[{when: {any: [{trust: 50..}, {ready: yes}]}, says: a}, {when: {trust: 60..}, says: b}, c]",
    ],
)
def test_replies_that_each_have_their_moment_are_fine(replies: str) -> None:
    assert desk(more=f"  hm: {{kind: listen, say: Hm., replies: {replies}}}\n") == []


@pytest.mark.parametrize(
    ("when", "reply", "under"),
    [
        ("{knows: back}", "{knows-not: back}", "back"),
        ("{conversation: 1}", "{conversation: 2..}", "2.."),
        ("{discounted: no}", "{discounted: yes}", "yes"),
        ("{said-not: lift}", "{said: lift}", "lift"),
    ],
)
def test_a_reply_that_contradicts_its_line_is_told(when: str, reply: str, under: str) -> None:
    more = f"  hm: {{kind: listen, say: Hm., when: {when}, replies: [{{when: {reply}, says: a}}, b]}}\n"
    off = "  off: {kind: discount, discount: 5, traded: yes, say: Five off.}\n"
    assert under in [each.under for each in desk(more=more + off) if each.code == "FV404"]


@pytest.mark.parametrize("when", ["{decider: wife}", "{knows: decider}"])
def test_a_line_that_waits_for_who_decides_is_told_that_nothing_asks_for_it(when: str) -> None:
    buyer = ("{name: Rui}", "{name: Rui, decides: {alone: 40%, wife: 60%}}")
    bring = f"  fetch: {{kind: bring-in, say: Shall we call her?, when: {when}, brings: wife}}\n"
    problem = only(desk(buyer, more=bring), "FV404").problem
    assert "nothing brings out" in problem.message
    assert problem.help == "give a question `reveals: decider`"
    who = "  who: {kind: open-question, say: And who else decides?, reveals: decider}\n"
    assert desk(buyer, more=who + bring) == []


@pytest.mark.parametrize("word", ["knows", "met"])
def test_what_was_told_is_not_lacking(word: str) -> None:
    more = f"  hm: {{kind: listen, say: Hm., replies: [{{when: {{{word}: back, lacks: back}}, says: a}}, b]}}\n"
    needs = ("floor.}", "floor., chance: 60%}")
    assert only(desk(needs, more=more), "FV404").under == "back"


def test_a_line_said_once_cannot_have_been_said_before() -> None:
    line = "  hm: {kind: listen, say: [Hm., Hm hm.], %sreplies: [{when: {said: hm}, says: Again?}, Well.]}\n"
    assert only(desk(more=line % ""), "FV404").under == "hm"
    assert desk(more=line % "repeat: yes, ") == []


# --- people ----------------------------------------------------------------------------------------------------------


def test_a_reason_that_only_its_objection_is_answered_for_is_told() -> None:
    objections = ("lines:", "objections:\n  dear: {says: Dear., really: {money: 30%, boss: 70%}}\nlines:")
    answer = "  half: {kind: answer, say: Half now., answers: [dear, money]}\n"
    told = only(desk(objections, more=answer), "FV409")
    assert told.under == "boss"
    assert "70%" in told.message


def test_an_objection_that_nobody_raises_is_told_although_a_line_answers_it() -> None:
    objections = ("lines:", "objections:\n  dear: {says: Dear., chance: 0%}\nlines:")
    told = only(desk(objections, more="  half: {kind: answer, say: Half now., answers: dear}\n"), "FV405")
    assert (told.under, "its chance is 0%" in told.message) == ("dear", True)


@pytest.mark.parametrize(
    ("more", "channels"),
    [
        ("  note: {kind: touch, say: Send the drawing., by: text}\n", "visit, call, text"),
        ("  step: {kind: propose-dated-step, say: By post?, on: Thu, by: email}\n", "visit, call, email"),
    ],
)
def test_a_channel_is_possible_where_something_leads_to_it(more: str, channels: str) -> None:
    for channel in ("visit", "call", "text", "email"):
        line = f"  hm: {{kind: listen, say: Hm., when: {{channel: {channel}}}}}\n"
        assert (desk(more=more + line) == []) is (channel in channels.split(", "))


@pytest.mark.parametrize("when", ["{trust: 20..}", "{patience: 50.., knows-not: back}"])
def test_an_interrupt_that_holds_from_the_start_is_told(when: str) -> None:
    needs = ("reveals: back}", "reveals: back, when: {said: lift}}") if "knows" in when else ("Push here.", "Push it.")
    found = desk(needs, more=f"interrupts:\n  - when: {when}\n    says: The door opens.\n")
    assert [each.code for each in found] == (["FV418"] if "knows" not in when else [])


@pytest.mark.parametrize("when", ["{trust: 60..}", "{patience: ..50}", "{said: lift}", "{conversation: 1}"])
def test_an_interrupt_that_waits_for_something_is_fine(when: str) -> None:
    assert desk(more=f"interrupts:\n  - when: {when}\n    says: The door opens.\n") == []


# --- advice ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("school", ["collect-decisions", "speed-first", "audition"])
def test_a_school_without_its_moves_is_told(school: str) -> None:
    assert only(desk(("offer:", f"teaches: [plan-a, {school}]\noffer:")), "FV419").under == school


def test_hints_are_no_warnings_and_do_not_keep_a_file_from_being_played() -> None:
    text = DESK + "  now: {kind: urgency, say: Only today.}\n"
    scenario, found = check_scenario(text.encode(), "desk.yaml")
    assert scenario is not None
    assert [(each.code, each.level) for each in found] == [("FV421", "hint")]


def test_a_reply_with_a_principle_explains_a_wrong_choice_as_well() -> None:
    assert (
        desk(more="  now: {kind: urgency, say: Only today., replies: [{says: Is it?, principle: It was yours.}]}\n")
        == []
    )


HURRY = [
    "Only today.",
    "It is the very best desk that anybody has ever built in this whole country.",
    "Now?",
    "Go on.",
]


def hurried(before: int = 1, *changes: tuple[str, str]) -> list[Told]:
    """What is said about the desk with four wrong lines, so many of them before the question for the order."""
    lines = [f"  w{number}: {{kind: urgency, say: {say}, principle: Yours.}}\n" for number, say in enumerate(HURRY)]
    return desk(("  ask:", "".join(lines[:before]) + "  ask:"), *changes, more="".join(lines[before:]))


def test_wrong_lines_of_every_length_are_fine() -> None:
    assert hurried() == []
    assert only(hurried(1, (HURRY[1], "Take it.")), "FV422").problem.level == "hint"


def test_wrong_lines_in_every_place_are_fine() -> None:
    assert hurried(before=2) == []
    assert "behind" in only(hurried(before=0), "FV425").problem.message
    assert "before" in only(hurried(before=4), "FV425").problem.message


def test_a_warning_does_not_hide_what_else_is_doubtful() -> None:
    found = problems(changed("kind: isolate\n", "kind: isolate\n    by: call\n").replace("    meets: quick\n", ""))
    assert {each.code for each in found} == {"FV403", "FV405"}


# --- at what cost ----------------------------------------------------------------------------------------------------


def test_lines_that_wait_for_each_other_are_read_at_the_cost_of_their_number() -> None:
    def read(number: int) -> None:
        lines = "".join(
            f"  line-{each}: {{say: Words {each}., when: {{said: line-{each + 1}}}}}\n" for each in range(number)
        )
        text = SHOP.replace("lines:\n", f"lines:\n{lines}  line-{number}: {{say: The last.}}\n")
        assert check_scenario(text.encode(), "shop.yaml")[0] is not None

    assert grows_evenly(read, 90)


def test_lines_that_wait_in_vain_are_read_at_the_cost_of_their_number() -> None:
    def read(number: int) -> None:
        lines = "".join(
            f"  line-{each}: {{say: Words {each}., when: {{said: line-{(each + 1) % number}}}}}\n"
            for each in range(number)
        )
        assert check_scenario(SHOP.replace("lines:\n", f"lines:\n{lines}").encode(), "shop.yaml")[0] is not None

    assert grows_evenly(read, 90)


def test_ten_times_the_prospects_cost_ten_times_as_much() -> None:
    def read(prospects: int) -> None:
        part = SHOP[SHOP.index("buyer:\n") : SHOP.index("tips:\n")]
        own = "".join(f"    {line}\n" if line else "\n" for line in part.splitlines())
        each = "".join(f"  p{number}:\n{own}" for number in range(prospects))
        text = SHOP[: SHOP.index("buyer:\n")] + "prospects:\n" + each
        assert check_scenario(text.encode(), "shops.yaml")[0] is not None

    assert grows_evenly(read, 3)
