"""Claims about how much the figures can say: draws are repeatable and bounded, and what moves nothing is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.evidence.sensitivity import design, drawn, held, idle, main, report, scaled, shaken
from engine.evidence.standing import STANDINGS, standing
from engine.evidence.targets import targets
from engine.rules import constants
from engine.rules.constants import TABLE

README = Path(__file__).parents[3] / "engine" / "README.md"
FEW = ("auto.first_visit", "trackback.callback_share")


def test_a_draw_is_the_same_whenever_it_is_asked_for_and_another_one_is_not() -> None:
    assert drawn(1, 3, design()) == drawn(1, 3, design())
    assert drawn(1, 3, design()) != drawn(1, 4, design())
    assert drawn(1, 3, design()) != drawn(2, 3, design())


def test_every_constant_is_drawn_from_half_to_double() -> None:
    for number in range(20):
        for name, value in drawn(0, number, design()).items():
            was = TABLE[name].value
            pairs = zip(value, was, strict=True) if isinstance(value, tuple) and isinstance(was, tuple) else ()
            for new, old in pairs or ((value, was),):
                assert isinstance(new, int)
                assert isinstance(old, int)
                low, high = sorted((old / 2, old * 2))
                assert low - 0.5 <= new <= high + 0.5, name


def test_a_share_is_never_more_than_all() -> None:
    assert scaled("objects_share", 2) == 1_000_000
    assert scaled("floor", 2) == 2 * constants.FLOOR


def test_only_design_choices_are_drawn() -> None:
    assert "decide_base" in design()
    assert "callback" not in design()


def test_what_no_figure_hangs_on_is_found_and_what_one_hangs_on_is_not() -> None:
    assert idle(FEW, ("broken_trust", "decide_base", "opt_out_trust"), 60) == ("broken_trust", "opt_out_trust")


def test_what_moves_a_figure_only_in_many_runs_is_found_among_what_moves_none() -> None:
    """A boundary that a few buyers reach: it is found among others, and they are not taken for it."""
    names = ("broken_trust", "callback", "opt_out_trust")
    assert idle(("trackback.callback_share",), names, 200) == ("broken_trust", "opt_out_trust")


def test_a_figure_that_no_design_choice_moves_stays_where_it_is() -> None:
    ids = ("rackham.close_high", "trackback.callback_share")
    found = shaken(ids, ("decide_base",), 3, 100, 0)
    assert found.stays("trackback.callback_share") == 3
    assert found.stays("rackham.close_high") < 3
    text = "\n".join(report(ids, found, ("decide_base",), ("broken_trust",), 100))
    assert "| identity | 1 | 1 | 1.0 | 1: trackback.callback_share |" in text
    assert "choices of teaching, `broken_trust`." in text


def test_what_the_readme_says_of_the_figures_is_about_these_figures_and_constants() -> None:
    """To renew it, in some minutes: `python -m engine.evidence.sensitivity`."""
    section = README.read_text(encoding="utf-8").partition("### How much the figures can say")[2].partition("\n## ")[0]
    counts = {name: int(number) for name, number in re.findall(r"^\| (\w+) \| (\d+) \|", section, re.M)}
    assert counts == {each: sum(standing(targets().named(id)) == each for id in held()) for each in STANDINGS}
    number, of, names = re.findall(r"^(\d+) of the (\d+) change no measurement .* teaching, (.*)\.$", section, re.M)[0]
    still = re.findall(r"`(\w+)`", names)
    assert (len(still), len(design())) == (int(number), int(of))
    assert set(still) <= set(design())


def test_a_report_on_nothing_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--draws", "0"])
    assert "at least one draw" in capsys.readouterr().err
