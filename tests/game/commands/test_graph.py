"""`firstvisit graph`: an author sees stages, lines and endings, and what nobody ever comes to."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine.authoring.exploring import begin, explore
from engine.authoring.graph import Graph, graphs, never
from engine.scenario import read_scenario
from game.report.graph import as_mermaid, as_svg, as_text
from tests.game.conftest import KIOSK, Run

STAGED = (
    KIOSK.replace("needs:", "stages: [hello, island, {id: decide, until: {answer: stall}}, later]\nneeds:")
    .replace("reveals: dry}", "reveals: dry, stage: hello, opens: decide}")
    .replace("meets: dry}", "meets: dry, stage: island}")
    .replace("say: Shall I ring it up?}", "say: Shall I ring it up?, stage: decide}")
    .replace("say: Come back any time.}", "say: Come back any time., stage: decide..later}")
    + "  rain: {say: It is still raining., stage: decide..later, repeat: yes}\n"
    + "  ring: {kind: call, say: 'Ring \"Sam\" [now] & <ask>.'}\n"
)
"""One stage is passed by, with the line in it; there is no rival."""


@pytest.fixture
def staged(tmp_path: Path) -> Path:
    path = tmp_path / "staged.yaml"
    path.write_text(STAGED)
    return path


@pytest.fixture
def drawn() -> Graph:
    """The graph of that scenario after some plays."""
    scenario = read_scenario(STAGED.encode(), "staged.yaml")
    (graph,) = graphs(scenario, explore(begin(scenario), 60))
    return graph


def test_a_stage_that_is_passed_by_is_marked_with_its_lines(run: Run, staged: Path) -> None:
    code, out, _ = run("graph", str(staged), "--plays", "60")
    assert code == 0
    assert "[island]  never reached" in out
    assert re.search(r"^  ! this-one \(present; never reached\)", out, re.M)
    assert re.search(r"^\[hello\]  in \d+% of plays", out, re.M)
    assert "  ! where-to" not in out
    assert "-> decide: where-to" in out
    assert "played 60 times, seed 1" in " ".join(out.split())


def test_a_graph_is_not_written_as_what_it_is_not(run: Run, staged: Path) -> None:
    picture = staged.with_suffix(".pdf")
    code, _, err = run("graph", str(staged), "--output", str(picture))
    assert (code, picture.exists()) == (2, False)
    assert "not written as .pdf. By the name of its file it is one of: .svg, .mmd, .mermaid, .txt." in err
    assert run("graph", str(staged), "--no-explore", "--output", str(picture), "--format", "text")[0] == 0


def test_the_same_plays_mark_the_same(run: Run, staged: Path) -> None:
    assert run("graph", str(staged), "--plays", "40") == run("graph", str(staged), "--plays", "40")


def test_without_playing_nothing_is_said_to_be_out_of_reach(run: Run, staged: Path) -> None:
    code, out, _ = run("graph", str(staged), "--no-explore")
    assert code == 0
    assert "not played" in out
    assert "never reached" not in out
    assert "of plays" not in out


def test_what_cannot_happen_to_these_buyers_is_no_ending(drawn: Graph) -> None:
    ends = {end.id for end in drawn.ends}
    assert "lost-to-rival" not in ends, "there is none"
    assert "never-contacted" not in ends, "they are standing in the shop"
    assert {"order-first-visit", "no-sale", "expired"} <= ends


def test_conversations_go_from_stage_to_stage_and_from_a_call_to_the_last(drawn: Graph) -> None:
    ways = {(arrow.start, arrow.end): (arrow.label, arrow.straight) for arrow in drawn.arrows}
    assert ways["hello", "island"] == ("after 4 lines", True)
    assert ways["hello", "decide"] == ("where-to", False)
    assert ways["decide", "later"] == ("after 4 lines, or when outcome: stall", True)
    assert ways["later", "between"] == ("the conversation ends", True)
    assert ways["between", "later"] == ("ring", False)


def test_who_was_never_spoken_to_begins_with_the_first_stage() -> None:
    scenario = read_scenario(STAGED.replace("{name: Sam,", "{name: Sam, arrives: lead,").encode(), "staged.yaml")
    (graph,) = graphs(scenario)
    assert ("between", "hello", "ring, the first time") in {(each.start, each.end, each.label) for each in graph.arrows}
    assert "never-contacted" in {end.id for end in graph.ends}


def test_every_form_shows_every_line_and_marks_what_is_never_reached(drawn: Graph) -> None:
    rows = [row for box in drawn.boxes for row in box.rows]
    plays = {each.id: each.plays for each in drawn.boxes} | {each.id: each.plays for each in rows}
    plays |= {each.id: each.plays for each in drawn.ends}
    lost = [id for id, times in plays.items() if never(times)]
    assert {"island", "this-one"} <= set(lost)
    text = "\n".join(as_text("The kiosk", [drawn], 100))
    mermaid = "\n".join(as_mermaid("The kiosk", [drawn]))
    picture = ElementTree.fromstring(as_svg("The kiosk", [drawn]))
    shown = [node.text or "" for node in picture.iter() if node.tag.endswith("text")]
    for line in ("where-to", "this-one", "have-it", "some-day", "ring"):
        assert f"{line} (" in text
        assert f'["{line}: ' in mermaid
        assert any(each.startswith(f"{line}: ") for each in shown)
    assert text.count("never reached") == shown.count("never reached") == len(lost)
    (marked,) = re.findall(r"^  class (\S+) never$", mermaid, re.M)
    assert len(marked.split(",")) == len(lost)


def test_text_of_a_scenario_is_never_markup(drawn: Graph) -> None:
    mermaid = "\n".join(as_mermaid('A "title" [x]', [drawn]))
    assert 'l0["ring: Ring #34;Sam#34; #91;now#93; #38; #60;ask#62;."]' in mermaid
    for quoted in re.findall(r'"([^"]*)"', mermaid):
        assert not set(quoted) & set('[]{}<>"')
    assert "<ask>" not in as_svg("<b>", [drawn])


def test_boxes_lie_below_each_other_and_nothing_leaves_the_picture(drawn: Graph) -> None:
    picture = ElementTree.fromstring(as_svg("The kiosk", [drawn]))
    _, _, width, height = map(float, picture.attrib["viewBox"].split())
    boxes = [node.attrib for node in picture.iter() if node.tag.endswith("rect") and node.attrib["rx"] == "6"]
    assert len(boxes) == len(drawn.boxes)
    feet = 0.0
    for box in boxes:
        assert float(box["y"]) > feet
        feet = float(box["y"]) + float(box["height"])
    for node in picture.iter():
        if node.tag.endswith("text"):
            assert 0 < float(node.attrib["x"]) < width
            assert 0 < float(node.attrib["y"]) < height


@pytest.mark.parametrize(
    ("name", "begins"), [("g.svg", "<svg"), ("g.mmd", "---\ntitle:"), ("g.txt", "The kiosk (not played)")]
)
def test_the_name_of_the_file_says_how(run: Run, staged: Path, name: str, begins: str) -> None:
    output = staged.with_name(name)
    code, out, _ = run("graph", str(staged), "--no-explore", "--output", str(output))
    assert (code, out) == (0, "")
    assert output.read_text(encoding="utf-8").startswith(begins)


def test_several_prospects_each_have_their_graph(run: Run) -> None:
    code, out, _ = run("graph", "friday-pipeline", "--no-explore")
    assert code == 0
    assert out.count("[endings]") == 4
    assert "YUSUF" in out


def test_a_file_with_a_mistake_is_not_drawn(run: Run, staged: Path) -> None:
    staged.write_text(STAGED.replace("stage: island", "stage: iland"))
    code, out, err = run("graph", str(staged))
    assert (code, out) == (1, "")
    assert "did you mean `island`?" in err
