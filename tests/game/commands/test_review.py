"""`firstvisit review`: a colleague reads every sentence, and what they change comes back into the file by itself."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import scenarios
from engine.authoring.reviewing import pages, sentences
from engine.scenario.renames import scenario_tree
from engine.scenario.vocabulary import OUTCOMES
from game import cli
from tests.game.commands.test_new import Typing
from tests.game.conftest import Run


@pytest.fixture
def showroom(tmp_path: Path) -> Path:
    """A scenario of the author's own."""
    path = tmp_path / "mine.yaml"
    shutil.copy(Path(scenarios.__path__[0], "saturday-showroom.yaml"), path)
    return path


@pytest.fixture
def page(run: Run, showroom: Path) -> str:
    """Its review page."""
    code, out, err = run("review", str(showroom), "--output", str(showroom.with_suffix(".html")))
    assert (code, err) == (0, "")
    assert "sentences on" in out
    return showroom.with_suffix(".html").read_text(encoding="utf-8")


def changes(path: Path, *changed: tuple[str, str, str], scenario: str = "saturday-showroom") -> str:
    """A file as the page saves it, and its name."""
    told = [dict(zip(("id", "was", "now"), each, strict=True)) for each in changed]
    file = path.with_name("changes.json")
    file.write_text(json.dumps({"form": 1, "scenario": scenario, "changes": told}))
    return str(file)


SEATS = "lines/three-seats/say"
WAS = "Let's put three seats across the second row. I'll fetch them, you time me."
NOW = 'Three seats: "across", and you time me. #1'


# --- the page --------------------------------------------------------------------------------------------------------


def test_every_sentence_of_the_file_is_on_the_page_and_stages_are_its_headings(showroom: Path, page: str) -> None:
    tree = scenario_tree(showroom.read_bytes(), "x")
    ids = [each.id for each in sentences(tree)]
    assert len(ids) == len(set(ids))
    assert ids == re.findall(r'data-id="([^"]+)"', page)
    texts = set(re.findall(r"(?:says?|principle|lacks|deflects|again): (.{30,})", showroom.read_text()))
    assert texts
    headings = [each.heading for each in pages(tree)]
    for stage in ("welcome", "discover", "show", "decide", "settle", "evening"):
        assert any(heading.endswith(f": {stage}") for heading in headings)
    assert headings[-1] == "What comes back"


def test_the_page_needs_nothing_else(page: str) -> None:
    assert not re.search(r'(?:src|href)="|@import|https?://(?!www\.w3\.org)', page)


def test_a_colleague_reads_words_and_no_ids(showroom: Path) -> None:
    told = [
        text
        for page in pages(scenario_tree(showroom.read_bytes(), "x"))
        for entry in page.entries
        for text in (*entry.facts, *(each.when for each in entry.sentences))
    ]
    joined = "\n".join(told)
    assert "when their trust is at most 26; and the line does not land" in told
    assert "Letting the buyer see or try it" in told
    assert "answers the need: “Two booster seats and a rear-facing one. The …”" in told
    assert "the next step is at Mon 17:30 in person" in told
    assert "who decides with them is Jonas" in joined
    assert "at the table: Jonas" in joined
    assert "it is day 1" in joined
    assert "there was no conversation yet" not in joined
    assert "they have put it off or they have raised an objection" in joined
    assert "the price is 38,900 EUR" in joined
    assert not re.search(r"[`{}]|\bknows-not\b|[a-z]_[a-z]", joined)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_has_come_of_a_line_is_told_in_words(outcome: str) -> None:
    text = TWO_OWNERS + f"  more: {{say: And then?, when: {{outcome: {outcome}}}}}\n"
    (told,) = (
        each.when
        for page in pages(scenario_tree(text.encode(), "x"))
        for entry in page.entries
        for each in entry.sentences
        if each.text == "And then?"
    )
    assert re.fullmatch(r"can be said when (?:\w+ ){2,}.*", told)
    assert "-" not in told


def test_what_all_prospects_share_names_a_line_of_theirs_by_what_is_said() -> None:
    text = Path(scenarios.__path__[0], "friday-pipeline.yaml").read_bytes()
    told = [each.when for page in pages(scenario_tree(text, "x")) for entry in page.entries for each in entry.sentences]
    assert not [each for each in told if "“what-is-behind”" in each]


TWO_OWNERS = """
format: 2
id: kiosk
title: At the kiosk
situation: Two who own a kiosk.
briefing: Two own a kiosk, and one of them is here.
ceiling: 50%
offer: {name: Till, price: 900, hour: 10, currency: EUR}
calendar: {start: Mon 10:00, open: Mon-Fri 09:00-18:00, visit: 1h, deadline: 2d}
buyer: {name: "{name}", varies: [{name: Ada}, {name: Ben}], decides: {co-owner+bookkeeper: 60%, co-owner: 40%},
  people: {co-owner: Cleo Park}}
needs:
  quick-pick: {says: "{name} counts, and they queue.", weight: 50}
  cash-box: {says: The box is five euros short., weight: 50, of: co-owner}
traits:
  spare-minute: {says: Mornings are slow., chance: 50%}
objections:
  over-budget: {says: That is too much., chance: 90%,
    really: {second-look: {chance: 50%, says: I want to see another.}, nothing: 50%}}
lines:
  why: {kind: open-question, say: What takes long?, reveals: [quick-pick, spare-minute, cash-box, decider]}
  both: {kind: bring-in, say: Is your partner here?, brings: [co-owner, bookkeeper], when: {without: co-owner}}
  this: {kind: present, say: This one counts., meets: quick-pick, when: {knows: quick-pick, lacks: spare-minute},
    replies: [{when: {with: co-owner, decides: co-owner+bookkeeper}, says: Both look., reveals: cash-box}, It counts.]}
  why-not: {kind: isolate, say: What is behind it?, when: {raised: over-budget}}
  see: {kind: handle, say: "Then look, and come back.", handles: [over-budget, second-look, nothing]}
  have-it: {kind: ask-for-decision, say: Shall I wrap it?, when: {really: nothing, decider: co-owner}}
"""


def test_whoever_decides_is_called_by_name_and_what_buyers_have_by_their_own_words() -> None:
    told = [
        text
        for page in pages(scenario_tree(TWO_OWNERS.encode(), "x"))
        for entry in page.entries
        for text in (entry.name, *entry.facts, *(f"{each.who} {each.when}" for each in entry.sentences))
    ]
    ids = ("quick-pick", "over-budget", "spare-minute", "second-look", "cash-box", "co-owner")
    assert [text for text in told for id in ids if id in text or id.replace("-", " ") in text] == []
    for text in (
        "decides with Cleo Park and bookkeeper: 60% of buyers",
        "asks about: “Ada counts, and they queue.”, “Mornings are slow.”, “The box is five euros short.” "
        "and who decides",
        "brings to the table: Cleo Park and bookkeeper",
        "handles: “That is too much.”, “I want to see another.” and nothing behind it",
        "You can be said when they have told you: “Ada counts, and they queue.”, "
        "and this is not so: “Mornings are slow.”",
    ):
        assert text in told
    assert any(
        "at the table: Cleo Park, and who decides with them is Cleo Park and bookkeeper" in text for text in told
    )


def test_what_is_said_again_stands_there_as_that(kiosk_path: Path) -> None:
    again = "say: [Shall I ring it up?, And now?]"
    text = kiosk_path.read_text(encoding="utf-8").replace("say: Shall I ring it up?", again)
    said = {each.text: each.when for each in sentences(scenario_tree(text.encode(), "x"))}
    assert said["And now?"] == "said again"
    assert said["Shall I ring it up?"] == ""


def test_whoever_it_can_be_is_named(kiosk_path: Path) -> None:
    people = "buyer: {name: '{name}', varies: [{name: Ada, she: she}, {name: Ben, she: he}, {name: Bea, she: she}], "
    tree = scenario_tree(kiosk_path.read_text().replace("buyer: {name: Sam, ", people).encode(), "x")
    found = pages(tree)
    assert "Who Ada is" in [page.heading for page in found]
    facts = [fact for page in found for entry in page.entries for fact in entry.facts]
    assert "{name} stands for Ada, Ben or Bea" in facts
    assert "{she} stands for she or he" in facts


@pytest.mark.parametrize("path", sorted(Path(scenarios.__path__[0]).glob("*.yaml")), ids=lambda path: path.stem)
def test_every_bundled_scenario_can_be_told_in_words(path: Path) -> None:
    tree = scenario_tree(path.read_bytes(), str(path))
    for page in pages(tree):
        for entry in page.entries:
            assert entry.sentences, (page.heading, entry.name)
            assert all(each.text for each in entry.sentences)


def test_text_is_never_markup(run: Run, kiosk_path: Path) -> None:
    text = kiosk_path.read_text().replace("Where are you off to?", "'</script><b>Where</b> & \"when\"?'")
    kiosk_path.write_text(text)
    output = kiosk_path.with_suffix(".html")
    assert run("review", str(kiosk_path), "--output", str(output))[0] == 0
    page = output.read_text()
    assert "<b>" not in page
    assert page.count("</script>") == 2


def test_without_a_name_the_page_has_the_files(run: Run, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kiosk_path.parent)
    code, out, _ = run("review", "kiosk.yaml")
    assert code == 0
    assert Path("kiosk-review.html").is_file()
    assert "kiosk-review.html is written" in out
    assert "--apply kiosk-changes.json" in out


def test_a_file_with_a_mistake_is_not_reviewed(run: Run, kiosk_path: Path) -> None:
    kiosk_path.write_text(kiosk_path.read_text().replace("kind: present", "kind: presnt"))
    output = kiosk_path.with_suffix(".html")
    code, _, err = run("review", str(kiosk_path), "--output", str(output))
    assert code == 1
    assert "did you mean `present`?" in err
    assert not output.exists()


# --- what comes back -------------------------------------------------------------------------------------------------


def test_changed_sentences_come_back_and_nothing_else_changes(run: Run, showroom: Path) -> None:
    was = showroom.read_text()
    boosters = (
        "Two booster seats and a rear-facing one. The old car takes two. Somebody always travels with the neighbour."
    )
    file = changes(showroom, (SEATS, WAS, NOW), ("needs/boosters/says", boosters, "Two boosters."))
    code, out, err = run("review", str(showroom), "--apply", file, "--yes")
    assert (code, err) == (0, "")
    assert f"-    say: {WAS}" in out
    assert "+    says: Two boosters." in out
    assert "2 sentences changed" in out
    now = showroom.read_text()
    before, after = was.split("\n"), now.split("\n")
    assert len(before) == len(after)
    assert [two for one, two in zip(before, after, strict=True) if one != two] == [
        "    says: Two boosters.",
        f"    say: '{NOW}'",
    ]
    assert "nothing to change" in run("review", str(showroom), "--apply", file, "--yes")[1]


def test_a_page_that_was_saved_as_it_is_will_do(run: Run, showroom: Path, page: str) -> None:
    saved = showroom.with_name("saved.html")
    saved.write_text(page.replace(f">{WAS}<", ">Three seats,<br> and <b>you</b>&nbsp;time me.<"), encoding="utf-8")
    code, out, _ = run("review", str(showroom), "--apply", str(saved), "--yes")
    assert code == 0
    assert "1 sentence changed" in out
    assert "    say: Three seats, and you time me.\n" in showroom.read_text()


def test_what_the_author_has_changed_meanwhile_is_left_and_said(run: Run, showroom: Path) -> None:
    showroom.write_text(showroom.read_text().replace(WAS, "My own new words."))
    file = changes(
        showroom,
        (SEATS, WAS, NOW),
        ("lines/gone/say", "x", "y"),
        ("title", "Saturday in the showroom", "A Saturday"),
    )
    code, _, err = run("review", str(showroom), "--apply", file, "--yes")
    assert code == 1
    assert f"{SEATS}: it has been changed meanwhile" in err
    assert "lines/gone/say: there is no such sentence" in err
    assert NOW in err, "what somebody has written is not lost"
    text = showroom.read_text()
    assert "say: My own new words." in text
    assert "title: A Saturday\n" in text


@pytest.mark.parametrize(
    "id", ["id", "offer/price", "lines/three-seats/kind", "lines/three-seats", "", "..", "lines/0"]
)
def test_only_sentences_can_be_changed(run: Run, showroom: Path, id: str) -> None:
    was = showroom.read_bytes()
    code, _, err = run("review", str(showroom), "--apply", changes(showroom, (id, "38900", "1")), "--yes")
    assert code == 1
    assert "no such sentence" in err
    assert showroom.read_bytes() == was


def test_a_change_that_would_break_the_file_is_not_written(run: Run, showroom: Path) -> None:
    was = showroom.read_bytes()
    code, _, err = run("review", str(showroom), "--apply", changes(showroom, (SEATS, WAS, "long " * 80)), "--yes")
    assert code == 1
    assert "at most 300" in err
    assert "Nothing was written" in err
    assert showroom.read_bytes() == was


def test_without_a_yes_nothing_is_written(
    run: Run, showroom: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    was = showroom.read_bytes()
    file = changes(showroom, (SEATS, WAS, NOW))
    code, out, err = run("review", str(showroom), "--apply", file)
    assert code == 2
    assert f"+    say: '{NOW}'" in out
    assert "Change 1 sentence? Nobody can be asked here: say --yes." in err
    for typed in ("2\n", "", "no\n", "perhaps\ny\n"):
        assert showroom.read_bytes() == was
        monkeypatch.setattr("sys.stdin", Typing(typed))
        assert cli.main(("review", str(showroom), "--apply", file)) == 0
    said = capsys.readouterr().out
    assert (said.count("Change 1 sentence?"), said.count("Nothing was written.")) == (4, 3)
    assert NOW in showroom.read_text()


def test_what_was_changed_while_the_author_was_asked_is_not_lost(
    showroom: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Editing(Typing):
        def readline(self, _: int = -1) -> str:
            showroom.write_text("format: 1\n")
            return "1\n"

    monkeypatch.setattr("sys.stdin", Editing(""))
    assert cli.main(("review", str(showroom), "--apply", changes(showroom, (SEATS, WAS, NOW)))) == 2
    assert "changed meanwhile" in capsys.readouterr().err
    assert showroom.read_text() == "format: 1\n"


@pytest.mark.parametrize(
    "holds",
    [
        b"",
        b"{}",
        b"[1]",
        b'{"form": 1}',
        b'{"form": 1, "scenario": "saturday-showroom", "changes": [{"id": 3, "was": "", "now": ""}]}',
        b'{"form": 1, "scenario": "saturday-showroom", "changes": 7}',
        b"<p>Another page",
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_file_that_no_page_has_saved_is_refused(run: Run, showroom: Path, holds: bytes) -> None:
    file = showroom.with_name("changes.json")
    file.write_bytes(holds)
    code, _, err = run("review", str(showroom), "--apply", str(file), "--yes")
    assert code == 2
    assert "not what a review page saves" in err


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"form": 2, "scenario": "saturday-showroom", "changes": []}, "newer version"),
        ({"form": 1, "scenario": "kiosk", "changes": []}, "of the scenario 'kiosk'"),
    ],
)
def test_changes_of_another_scenario_or_form_are_refused(run: Run, showroom: Path, told: Any, said: str) -> None:
    file = showroom.with_name("changes.json")
    file.write_text(json.dumps(told))
    code, _, err = run("review", str(showroom), "--apply", str(file), "--yes")
    assert code == 2
    assert said in err


def test_a_file_that_is_not_there_is_said(run: Run, showroom: Path) -> None:
    assert "cannot be read" in run("review", str(showroom), "--apply", "gone.json")[2]
    assert run("review", "gone.yaml")[0] == 2


def test_what_somebody_else_says_who_decides_is_told_as_theirs() -> None:
    text = """\
format: 2
buyer: {name: Jonas, decides: {alone: 40%, it: 60%}, people: {it: Shirin Haddad}}
needs: {nights: {says: My people are rung at night., of: it}}
objections: {lease: {says: We are bound., of: it}}
lines: {look: {say: Look., replies: [{says: Good., of: it}, Nice.]}}
"""
    told = {each.text: each.who for each in sentences(scenario_tree(text.encode(), "house.yaml"))}
    assert told["My people are rung at night."] == told["We are bound."] == told["Good."] == "Shirin Haddad"
    assert told["Nice."] == "Jonas"
    assert "Shirin Haddad" in told
