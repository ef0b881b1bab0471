"""What an author is told about a mistake: where it is, what is wrong, and what was probably meant."""

from __future__ import annotations

import pytest

from engine.scenario import check_scenario
from tests.engine.scenario.shop import SHOP, changed, problems, told

HOURS = "open: Mon-Fri 09:00-18:00, Sat 09:00-14:00"


def test_the_shop_itself_is_without_fault() -> None:
    assert problems(SHOP) == []


def test_a_mistyped_key_is_reported_once_with_the_key_that_was_meant() -> None:
    found = told("    says: It takes for ever, mine.", "    sasy: It takes for ever, mine.")
    assert found.under == "sasy"
    assert found.message == "there is no field `sasy` in `quick`"
    assert found.help == "did you mean `says`?"


def test_a_field_that_is_nowhere_near_another_lists_what_there_is() -> None:
    found = told("  manner: driver", "  manner: driver\n  zodiac: leo")
    assert found.under == "zodiac"
    assert "manner" in found.help


def test_a_mistyped_word_names_the_word_that_was_meant() -> None:
    found = told("kind: isolate", "kind: isolat")
    assert (found.under, found.code) == ("isolat", "FV204")
    assert "did you mean `isolate`?" in found.help


def test_a_missing_field_is_asked_for_where_it_belongs() -> None:
    found = told("    say: Is it the money?\n", "")
    assert found.under == "what"
    assert found.message == "`say` is missing in `what`"
    assert found.help.startswith("add `say: ...`")


@pytest.mark.parametrize(
    ("say", "under", "message", "help"),
    [
        ("[]", "say", "`say` is empty", "write at least one item"),
        ("[Is it the money?, '']", "''", "`say`: the text is empty", "write something between the quotes"),
        (
            "[Is it the money?, {and: what else?}]",
            "{and: what else?}",
            "`say`: a single value was expected here, not a map of fields",
            "if this is text that begins with {, put the whole text in quotes",
        ),
    ],
)
def test_a_line_needs_a_text_for_every_time(say: str, under: str, message: str, help: str) -> None:
    found = told("say: Is it the money?", f"say: {say}")
    assert (found.under, found.message, found.help) == (under, message, help)


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("  manner: driver\n", "  rival: {name: Bo}\n", "wins"),
        ("  manner: driver\n", "  rival: {wins: 5% a day}\n", "name"),
        ("  manner: driver\n", "  fades: {excitement: exponential 6h}\n", "conviction"),
        ("  manner: driver\n", "  fades: {conviction: power 1d 0.35}\n", "excitement"),
        ("{money: 60%, looks: 40%}", "{money: {says: All of it.}, looks: 40%}", "chance"),
        ("    says: That is a lot for a kettle.\n", "", "says"),
        ("when: {patience: ..10}\n    says", "says", "when"),
        ("    says: She looks at the door.\n", "", "says"),
        ("when: {stage: hello}\n    says", "says", "when"),
        ("order: Yes. Wrap it.", "order: [{when: {day: 1}}]", "says"),
    ],
)
def test_a_missing_field_is_the_only_complaint(old: str, new: str, name: str) -> None:
    found = told(old, new)
    assert found.code == "FV202"
    assert found.message.startswith(f"`{name}` is missing")


@pytest.mark.parametrize(
    ("old", "new", "name", "place"),
    [
        ("briefing: |\n  A woman stops, and comes in.\n", "", "`briefing`", 1),
        ("price: 80, ", "", "`offer.price`", 8),
        ("  name: Ada\n", "", "`buyer.name`", 12),
    ],
)
def test_what_every_scenario_needs_is_asked_for(old: str, new: str, name: str, place: int) -> None:
    found = told(old, new)
    assert found.code == "FV202"
    assert name in found.message
    assert found.problem.line <= place


@pytest.mark.parametrize(
    ("old", "new", "under", "help"),
    [
        ("trust: 25..40", "trust: 25-40", "25-40", "write it with two dots: `25..40`"),
        ("trust: 25..40", "trust: 40..25", "40..25", "write `25..40`"),
        ("trust: 25..40", "trust: 25..140", "25..140", ""),
        ("trust: 25..40", "trust: 25..", "25..", "write both ends: `a..b`"),
        ("patience: 10m..15m", "patience: 10..15", "10..15", "say which unit"),
        ("patience: 10m..15m", "patience: 10-15 min", "10-15 min", "write it with two dots: `10m..15m`"),
        ("patience: 10m..15m", "patience: 10-15 EUR", "10-15 EUR", "write it with its unit"),
        ("chance: 30%", "chance: 0.3", "0.3", "write `30%`"),
        ("chance: 30%", "chance: 30", "30", "write `30%`"),
        ("chance: 30%", "chance: 130%", "130%", ""),
        ("price: 80,", 'price: "1,280",', '"1,280"', "write the number alone: `1280`"),
        ("price: 80,", "price: 80 EUR,", "80 EUR", "write the number alone: `80`"),
        ("floor: 60", "floor: 75%", "75%", "write what it comes to in money"),
        ("start: Sat 10:40", "start: Saturday 10:40", "Saturday 10:40", "write `Sat 10:40`"),
        ("start: Sat 10:40", "start: 10:40", "10:40", "write it like `Sat 10:40`"),
        (
            "Sat 09:00-14:00",
            "Sat 14:00-09:00",
            "Mon-Fri 09:00-18:00, Sat 14:00-09:00",
            "hours end on the day they begin",
        ),
        ("at: 18:15", "at: 18.15", "18.15", "write `18:15`"),
        ("at: 18:15", "at: later", "later", "write `18:15`, `Mon 10:00` or `tomorrow 10:00`"),
        ("at: 18:15", "at: 6:30 pm", "6:30 pm", "write `18:30`"),
        ("at: 18:15", "at: 6pm", "6pm", "write `18:00`"),
        ("at: 18:15", "at: 12:05 a.m.", "12:05 a.m.", "write `00:05`"),
        ("at: 18:15", "at: today 18:30", "today 18:30", "write `18:30` alone"),
        ("at: 18:15", "at: Tuesday at 6:30 pm", "Tuesday at 6:30 pm", "write `Tue 18:30`"),
        ("at: 18:15", "at: Mon 6:30 pm", "Mon 6:30 pm", "write `Mon 18:30`"),
        ("weight: 40", "weight: “35”", "“35”", "write it without: `35`"),
        ("kind: isolate", "kind: “isolate”", "“isolate”", "write it without: `isolate`"),
        ("stage: hello..show", "stage: [hello, show]", "stage", "write `hello..show`"),
        ("trust: 25..40", "trust: [25, 40]", "trust", "write `25..40`"),
        ("weight: 40", "weight: heavy", "heavy", "write a number from 0 to 100"),
        ("ends: visit", "ends: yes", "yes", "the only one is `visit`"),
        ("format: 2", "format: 3", "3", "write `format: 2`"),
        ("id: corner-shop", "id: Corner Shop", "Corner Shop", "write `corner-shop`"),
    ],
)
def test_a_value_in_another_notation_shows_how_to_write_it(old: str, new: str, under: str, help: str) -> None:
    found = told(old, new)
    assert found.under == under
    assert help in found.help


@pytest.mark.parametrize(
    ("stages", "code", "help"),
    [
        ("hello, show, decide", "FV207", "several are a list: `[hello, show, decide]`"),
        ("{hello: {}, show: {turns: 6}, decide: {}}", "FV203", "begin each with `- `: `- {id: hello}`"),
    ],
)
def test_stages_that_are_no_list_are_told_once(stages: str, code: str, help: str) -> None:
    text = SHOP.replace("[hello, {id: show, turns: 6}, decide]", stages)
    (found,) = problems(text)
    assert (found.code, found.help) == (code, help)
    assert [each.under for each in problems(text.replace("stage: show..decide", "stage: shwo..decide"))][1:] == ["shwo"]


def test_a_stage_of_which_the_name_stands_under_another_word_is_told_once() -> None:
    found = problems(SHOP.replace("{id: show, turns: 6}", "{name: show, turns: 6}"))
    assert {each.problem.line for each in found} == {30}


@pytest.mark.parametrize(("word", "help"), [("or", "write `any: "), ("not", "the contrary has a word of its own")])
def test_a_word_of_logic_is_told_how_conditions_say_it(word: str, help: str) -> None:
    found = told("when: {knows: quick}", f"when: {{{word}: [{{knows: quick}}]}}")
    assert (found.code, found.under) == ("FV201", word)
    assert found.help.startswith(help)


def test_a_field_without_a_space_after_its_colon_is_not_what_a_buyer_says() -> None:
    found = told("- says: It sings, and then it sulks.", "- says:It sings, and then it sulks.")
    assert (found.code, found.help) == ("FV203", "write a space after `says:`")


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        ("{kind:claim, say: It is the best.}", ["kind"]),
        ("{kind:claim, say:It is the best.}", ["kind", "say"]),
        ("{say: It is the best, kind:claim}", ["kind"]),
    ],
)
def test_a_field_inside_braces_without_a_space_after_its_colon_is_told(entry: str, fields: list[str]) -> None:
    found = problems(SHOP.replace("lines:\n", f"lines:\n  best: {entry}\n"))
    assert sorted(each.help for each in found) == [f"write a space after `{field}:`" for field in fields]
    assert {each.code for each in found} == {"FV201"}


def test_where_all_kinds_are_listed_is_told() -> None:
    found = told("kind: isolate", "kind: evidence")
    assert found.message == "`kind`: `evidence` is not one of its words"
    assert found.help.endswith("...: `firstvisit explain kind` lists them")


def test_a_line_cannot_depend_on_what_only_the_buyer_knows() -> None:
    found = told("when: {knows: quick}", "when: {trust: 50..}")
    assert (found.code, found.under) == ("FV302", "trust")
    assert "hidden from the seller" in found.message


def test_a_tip_cannot_depend_on_what_only_the_buyer_knows() -> None:
    assert told("- when: {stage: hello}", "- when: {real: no}").code == "FV302"


@pytest.mark.parametrize(
    ("old", "new", "under", "help"),
    [
        ("{alone: 60%, husband: 40%}", "{alone: 60%, husband: 30%}", "decides", "10% is missing"),
        ("{money: 60%, looks: 40%}", "{money: 60%, looks: 45.5%}", "really", "5.5% is too much"),
        ("  trust: 25..40", "  trust: 25..40\n  indecision: {low: 50%}", "indecision", "50% is missing"),
    ],
)
def test_shares_of_a_whole_must_add_up(old: str, new: str, under: str, help: str) -> None:
    found = told(old, new)
    assert (found.code, found.under) == ("FV303", under)
    assert help in found.help


@pytest.mark.parametrize(
    ("old", "new", "under", "help"),
    [
        ("    handles: [money, looks]\n", "", "answer-it", "add `handles: ...`"),
        ("    brings: husband\n", "", "both", "add `brings: ...`"),
        ("    at: 18:15\n", "", "six", "`on: Mon`"),
        ("    at: 18:15\n", "    at: 18:15\n    in: 6h\n", "in", "delete all but one"),
        ("kind: isolate", "kind: discount", "what", "add `discount: ...`"),
    ],
)
def test_a_line_is_asked_for_what_its_kind_needs(old: str, new: str, under: str, help: str) -> None:
    found = [each for each in problems(changed(old, new)) if each.code == "FV305"]
    assert [each.under for each in found] == [under]
    assert help in found[0].help


def test_what_is_done_between_conversations_has_no_stage() -> None:
    found = told("    stage: decide\n    kind: isolate", "    stage: decide\n    kind: check-in")
    assert (found.code, found.under) == ("FV306", "decide")


def test_what_is_said_in_conversations_is_not_offered_between_them() -> None:
    assert told("    stage: decide\n    kind: isolate", "    stage: between\n    kind: isolate").code == "FV306"


def test_stages_are_named_from_the_earlier_to_the_later() -> None:
    found = told("stage: hello..show", "stage: show..hello")
    assert (found.code, found.help) == ("FV308", "write `hello..show`")


@pytest.mark.parametrize(
    ("old", "new", "under"),
    [
        ("floor: 60", "floor: 90", "90"),
        ("price: 80", "price: 0", "0"),
        ("kind: isolate", "kind: discount\n    discount: 95", "95"),
    ],
)
def test_money_that_does_not_fit_together_is_told(old: str, new: str, under: str) -> None:
    found = [each for each in problems(changed(old, new)) if each.code == "FV307"]
    assert under in [each.under for each in found]


def test_all_mistakes_of_a_file_are_told_in_one_go() -> None:
    text = SHOP
    mistakes = {
        "manner: driver": "manner: drivr",
        "weight: 40": "wieght: 40",
        "kind: open-question": "kind: opne-question",
        "meets: quick": "meets: quikc",
        "brings: husband": "brings: wife",
        "at: 18:15": "at: 25:15",
        "{money: 60%, looks: 40%}": "{money: 60%, looks: 30%}",
        "ends: visit": "ends: visti",
    }
    for old, new in mistakes.items():
        assert old in text
        text = text.replace(old, new)
    assert len(problems(text)) == len(mistakes)


def test_every_problem_has_a_place_in_the_file() -> None:
    lines = SHOP.splitlines()
    for number in range(len(lines)):
        for each in problems("\n".join(lines[:number] + lines[number + 1 :]) + "\n"):
            assert 1 <= each.problem.line <= len(lines)
            assert each.problem.column >= 1
            assert each.problem.spot.length >= 1
            assert each.message


def test_several_prospects_share_what_stands_at_the_top() -> None:
    text = SHOP + "prospects:\n  ada:\n    buyer: {trust: 60..70}\n  ben:\n    buyer: {name: Ben}\n    ceiling: 10%\n"
    scenario, found = check_scenario(text.encode(), "shop.yaml")
    assert found == ()
    assert scenario is not None
    assert [prospect.buyer.name for prospect in scenario.prospects] == ["Ada", "Ben"]
    assert [prospect.buyer.trust.low for prospect in scenario.prospects] == [6000, 2500]
    assert [prospect.buyer.today for prospect in scenario.prospects] == [300_000, 100_000]


def test_a_mistake_in_one_of_several_prospects_is_told_there() -> None:
    text = SHOP + "prospects:\n  ada:\n    lines:\n      why: {say: Why, reveals: quikc}\n"
    (found,) = [each for each in problems(text) if each.problem.level == "error"]
    assert found.under == "quikc"
    assert found.problem.line == len(text.splitlines())


def test_a_shared_line_that_one_prospect_cannot_use_names_the_prospect() -> None:
    text = SHOP.replace("{alone: 60%, husband: 40%}", "alone") + (
        "prospects:\n  ada:\n    buyer: {decides: {husband: 100%}}\n  ben: {}\n"
    )
    (found,) = [each for each in problems(text) if each.problem.level == "error"]
    assert "prospect `ben`" in found.message


def test_so_many_mistakes_are_told_as_anybody_can_mend() -> None:
    names = [f"line-{number}-of-many" for number in range(900)]
    lines = "".join(f"  {name}: {{say: Words {name}., when: {{said: {name}s}}}}\n" for name in names)
    assert len(problems(SHOP.replace("lines:\n", "lines:\n" + lines))) == 100


def test_no_number_of_warnings_hides_an_error() -> None:
    lines = "".join(f"  line-{number}: {{say: Words {number}., by: call}}\n" for number in range(300))
    text = SHOP.replace("lines:\n", "lines:\n" + lines).replace("meets: quick", "meets: quikc")
    assert "quikc" in [each.under for each in problems(text) if each.problem.level == "error"]


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("says: a warm sound, a Japanese action", "`says: 'a warm sound, a Japanese action'`"),
        ("says: It sings, and sulks, and boils", "`says: 'It sings, and sulks, and boils'`"),
        ("says: Well, one thing: it sings", "`says: 'Well, one thing: it sings'`"),
        ("says: 'It sings', she says", "put the whole text in quotes"),
        ("says: It sings,\n  and sulks", "put the whole text in quotes"),
        ("says: It is 1,450 euros, and yours", "'It is 1,450 euros, and yours'"),
    ],
)
def test_a_comma_that_ends_a_text_inside_a_map_is_told_once(written: str, help: str) -> None:
    found = told("- says: It sings, and then it sulks.", "- {" + written + "}")
    assert (found.code, found.under) == ("FV119", ",")
    assert help in found.help


@pytest.mark.parametrize(
    ("old", "new", "help"),
    [
        ("price: 80,", "price: 6,900,", "write `6900`"),
        ("price: 80,", "price: 1,206,900,", "write `1206900`"),
        ("price: 80,", "price: 6,900 EUR,", "write `6900`"),
        ("price: 80,", "price: 80,50,", "write `80.50`"),
        ("price: 80,", "price: 1.110,5,", "write `1110.5`"),
        ("when: {knows: quick}", "when: {knows: quick, baby}", "`knows: [quick, baby]`"),
    ],
)
def test_a_comma_in_a_number_or_a_list_shows_how_to_write_it(old: str, new: str, help: str) -> None:
    found = told(old, new)
    assert (found.code, found.under) == ("FV119", ",")
    assert help in found.help


def test_a_missing_format_says_which_line_to_write() -> None:
    (found,) = problems(SHOP.replace("format: 2\n", ""))
    assert (found.code, found.help) == ("FV202", "begin with `format: 2`")


@pytest.mark.parametrize(
    ("old", "new", "help"),
    [
        ("when: {knows: quick}", 'when: {knows: "!quick"}', "for the contrary write `knows-not: quick`"),
        ("when: {knows: quick}", "when: {knows: not quick}", "for the contrary write `knows-not: quick`"),
        ("when: {knows: quick}", "when: {met: quick or baby}", "write `any: [{met: quick}, {met: baby}]` instead"),
        ("when: {knows: quick}", "when: {knows: quick and baby}", "several are a list: `[quick, baby]`"),
        ("when: {knows: quick}", "when: {asked: 2+}", "write it with two dots: `2..`"),
        ("when: {knows: quick}", 'when: {asked: ">2"}', "write it with two dots: `3..`"),
        ("when: {knows: quick}", "when: {asked: at most 2}", "write it with two dots: `..2`"),
        ("when: {knows: quick}", "when: {time: 9:00-12.30}", "write `9:00..12:30`"),
        (HOURS, "open: Sat, Sun 9:00-12:00", "each day, or stretch of days, has its hours: `'Sat 9:00-12:00, Sun"),
        (HOURS, "open: Fri - Sat 9:00-12:00 13:00-18:00", "`'Fri-Sat 9:00-12:00, Fri-Sat 13:00-18:00'`"),
        (HOURS, "open: always", "write them like `Mon-Fri 09:00-19:00"),
        (HOURS, "open: Sat 9:00-12:00 Sun", "write them like `Mon-Fri 09:00-19:00"),
        ("start: Sat 10:40", "start: Saturday", "write a weekday and a time: `Sat 10:40`"),
        ("start: Sat 10:40", "start: 3.12. 10:40", "write a weekday and a time: `Sat 10:40`"),
        ("start: Sat 10:40", "start: Saturday 10:40", "write `Sat 10:40`"),
    ],
)
def test_help_says_what_is_meant_and_what_the_field_can_hold(old: str, new: str, help: str) -> None:
    assert help in told(old, new).help


def test_opening_hours_with_the_dashes_of_print_are_shown_with_hyphens() -> None:
    found = told(HOURS, "open: Mon\u2013Sat 07:30\u201318:00")
    assert (found.code, found.help) == ("FV205", "write `Mon-Sat 07:30-18:00`")
    assert "EN DASH" in found.problem.message


def test_two_prices_with_the_same_thousands_are_no_key_set_twice() -> None:
    found = problems(changed("{price: 80, floor: 60}", "{price: 6,900, floor: 5,900}"))
    assert [each.help for each in found] == ["write `6900`", "write `5900`"]


def test_a_comma_in_a_text_does_not_hide_the_next_mistake() -> None:
    found = problems(
        changed("- says: It sings, and then it sulks.", "- {says: It sings, and sulks}").replace(
            "kind: isolate", "kind: isolat"
        )
    )
    assert [each.code for each in found] == ["FV119", "FV204"]


def test_prospects_who_pay_in_two_currencies_are_refused() -> None:
    """One run has one result, in one currency."""
    text = SHOP.rstrip() + "\nprospects:\n  one: {}\n  two: {offer: {price: 500, currency: JPY}}\n"
    found = [each for each in problems(text) if each.code == "FV307"]
    assert len(found) == 1
    assert "JPY" in found[0].message
