"""What an author is told about a name that is none, or is nobody's: where it is, and whose was probably meant."""

from __future__ import annotations

import pytest

from tests.engine.scenario.shop import SHOP, changed, problems, told


@pytest.mark.parametrize(
    ("old", "new", "under", "message"),
    [
        ("reveals: [quick, baby]", "reveals: [quikc, baby]", "quikc", "there is no fact `quikc`"),
        ("when: {knows: quick}", "when: {knows: quikc}", "quikc", "there is no fact `quikc`"),
        ("meets: quick", "meets: baby", "baby", "`baby` is a trait; a need is needed here"),
        ("handles: [money, looks]", "handles: [mony, looks]", "mony", "there is no objection or reason `mony`"),
        ("brings: husband", "brings: husbnad", "husbnad", "there is no person who decides `husbnad`"),
        ("stage: hello..show", "stage: helo..show", "helo", "there is no stage `helo`"),
        ("- when: {stage: hello}", "- when: {stage: halo}", "halo", "there is no stage `halo`"),
        ("    ends: visit", "    opens: decid", "decid", "there is no stage `decid`"),
        ("    ends: visit", "    raises: deer", "deer", "there is no objection `deer`"),
        ("- when: {trust: ..24}", "- when: {really: monye}", "monye", "there is no reason `monye`"),
        ("- when: {trust: ..24}", "- when: {decider: wife}", "wife", "there is no person who decides `wife`"),
        ("- when: {trust: ..24}", "- when: {said: whi}", "whi", "there is no line `whi`"),
        (
            "- when: {trust: ..24}",
            "- when: {has: dear}",
            "dear",
            "`dear` is an objection; a need or trait is needed here",
        ),
    ],
)
def test_a_name_that_is_not_there_is_found_wherever_it_stands(old: str, new: str, under: str, message: str) -> None:
    found = told(old, new)
    assert found.code == "FV301"
    assert found.under == under
    assert found.message == message


@pytest.mark.parametrize("several", ["quick, baby", "quick and baby", "\n      quick\n      baby"])
def test_several_ids_are_told_to_be_a_list(several: str) -> None:
    found = told("reveals: [quick, baby]", f"reveals: {several}")
    assert (found.code, found.help) == ("FV207", "several are a list: `[quick, baby]`")


@pytest.mark.parametrize("name", ["Per Lund", "Lund"])
def test_a_person_named_as_players_read_them_is_told_their_id(name: str) -> None:
    text = SHOP.replace("husband: 40%}\n", "husband: 40%}\n  people: {husband: Per Lund}\n")
    (found,) = problems(text.replace("brings: husband", f"brings: {name}"))
    assert (found.under, found.help) == (name, "did you mean `husband`?")
    (found,) = problems(text.replace("husband: 40%", f"{name}: 40%"))
    assert (found.under, found.help) == (name, "did you mean `husband`?")


@pytest.mark.parametrize("between", [" and ", ", ", "/", " & "])
def test_two_who_decide_together_are_told_to_have_a_plus_between_them(between: str) -> None:
    text = SHOP.replace("{alone: 60%, husband: 40%}", f"{{alone: 60%, 'husband{between}sister': 40%}}")
    (found,) = problems(text.replace("{knows: quick}", "{knows: quick, without: sister}"))
    assert (found.code, found.help) == ("FV207", "write `husband+sister`")


@pytest.mark.parametrize("given", ["{alone: 60, husband: 40}", "[alone, husband]", "{alone: 60%, husband: most}"])
def test_who_decides_is_known_though_their_shares_cannot_be_read(given: str) -> None:
    found = problems(SHOP.replace("decides: {alone: 60%, husband: 40%}", f"decides: {given}"))
    assert {each.problem.line for each in found} == {17}
    both = problems(SHOP.replace("{alone: 60%, husband: 40%}", given).replace("brings: husband", "brings: wife"))
    assert [each.under for each in both][len(found) :] == ["wife"]


def test_a_word_that_is_no_outcome_is_told_with_where_it_stands() -> None:
    assert told("  order: Yes.", "  ordered-now: Yes.").message.startswith("`outcomes`: `ordered-now` is not one")


def test_a_name_close_to_a_known_one_is_suggested() -> None:
    assert "did you mean `quick`?" in told("meets: quick", "meets: qick").help


@pytest.mark.parametrize("name", ["Peter", "my husband"])
def test_a_name_that_is_no_id_is_told_once_however_often_it_is_used(name: str) -> None:
    text = changed("husband: 40%", f"{name}: 40%").replace("brings: husband", f"brings: {name}")
    text = text.replace("- when: {trust: ..24}", f"- when: {{with: {name}, decides: [alone, {name}]}}")
    (found,) = problems(text)
    assert (found.code, found.under) == ("FV207", name)
    assert found.help == f"write `{name.lower().replace(' ', '-')}`"


@pytest.mark.parametrize(
    ("wrong", "right"), [("Why Today", "why-today"), ("why_today", "why-today"), ("Warum für Éva", "warum-fuer-eva")]
)
def test_an_id_is_offered_for_a_name_that_is_none(wrong: str, right: str) -> None:
    text = SHOP.replace("lines:\n", f"lines:\n  {wrong}:\n    kind: story\n    say: We had one of them.\n", 1)
    (found,) = problems(text)
    assert (found.code, found.under, found.help) == ("FV207", wrong, f"write `{right}`")


def test_ids_that_are_none_are_told_once_where_one_is_used_in_what_has_the_other() -> None:
    found = problems(SHOP.replace("quick", "müde").replace("  why:", "  warum-wäre:"))
    assert [(each.under, each.help) for each in found] == [
        ("müde", "write `muede`"),
        ("warum-wäre", "write `warum-waere`"),
    ]


def test_what_may_only_follow_from_a_mistake_is_not_doubted() -> None:
    text = changed("husband: 40%", "Peter: 40%").replace("    brings: husband\n", "").replace("bring-in", "listen")
    assert [each.code for each in problems(text)] == ["FV207"]


def test_an_only_decider_that_is_no_id_is_told_once() -> None:
    text = changed("{alone: 60%, husband: 40%}", "Peter").replace("brings: husband", "brings: Peter")
    assert [each.code for each in problems(text)] == ["FV207"]


def test_a_stage_that_is_no_id_is_told_once() -> None:
    assert [each.under for each in problems(SHOP.replace("hello", "Hello"))] == ["Hello"]


def test_an_id_that_is_mended_in_thought_hides_no_other_mistake() -> None:
    text = changed("husband: 40%", "Peter: 30%").replace("brings: husband", "brings: petre")
    assert {each.code for each in problems(text)} == {"FV207", "FV303", "FV301"}


def test_nobody_is_advised_to_ask_for_nothing() -> None:
    text = changed("{money: 60%, looks: 40%}", "{money: 60%, nothing: 40%}").replace(
        "handles: [money, looks]", "handles: money"
    )
    (found,) = problems(text.replace("meets: quick", "meets: quick\n    reveals: zebra"))
    assert found.help == "one of: quick, baby, money, decider"


def test_an_objection_is_no_fact_to_ask_for_unless_it_is_what_was_typed() -> None:
    text = changed("    really: {money: 60%, looks: 40%}\n", "").replace("handles: [money, looks]", "handles: dear")
    (found,) = problems(text.replace("- when: {trust: ..24}", "- when: {knows: zebra}"))
    assert "dear" not in found.help
    (found,) = problems(text.replace("- when: {trust: ..24}", "- when: {knows: deer}"))
    assert found.help == "did you mean `dear`?"


@pytest.mark.parametrize(
    ("old", "new", "under"),
    [
        ("really: {money: 60%, looks: 40%}", "really: {quick: 60%, looks: 40%}", "quick"),
        ("  baby:\n", "  decider:\n", "decider"),
        ("stages: [hello, {id: show, turns: 6}, decide]", "stages: [hello, show, decide, hello]", "hello"),
        ("  six:\n", "  finish:\n", "finish"),
    ],
)
def test_one_id_does_not_stand_for_two_things(old: str, new: str, under: str) -> None:
    found = [each for each in problems(changed(old, new)) if each.code == "FV304"]
    assert [each.under for each in found] == [under]


def test_the_nearest_of_very_many_names_is_still_found() -> None:
    lines = "".join(f"  line-{number}-of-many: {{say: Words {number}.}}\n" for number in range(300))
    text = SHOP.replace("lines:\n", "lines:\n" + lines).replace(
        "- when: {trust: ..24}", "- when: {said: line-77-of-mnay}"
    )
    (found,) = [each for each in problems(text) if each.problem.level == "error"]
    assert found.help == "did you mean `line-77-of-many`?"
