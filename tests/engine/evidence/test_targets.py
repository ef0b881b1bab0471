"""Claims about the published figures: how near is near enough, and that every one is answered for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.evidence.experiments import EXPERIMENTS, UNITS
from engine.evidence.findings import finding, measure, modelled
from engine.evidence.lab import PRESETS
from engine.evidence.measurement import Measurement
from engine.evidence.standing import standing
from engine.evidence.targets import Tolerance, read_targets, targets
from engine.rules.constants import TABLE

README = Path(__file__).parents[3] / "engine" / "README.md"
ONE = """\
targets:
- id: a.share
  quantity: a share
  value: 0.5
  tolerance: {abs: 0.1}
  experiment: first_visit_orders
  with: {sale: auto}
  use: fit
  confidence: weak
  evidence: retrieved
  source: "a study [1]"
sources:
  1: somewhere
"""


@pytest.mark.parametrize(
    ("tolerance", "published", "inside", "outside"),
    [
        (Tolerance("abs", 0.05), 0.5, (0.45, 0.55), (0.44, 0.56)),
        (Tolerance("rel", 0.2), 40, (32, 48), (31.9, 48.1)),
        (Tolerance("factor", 2), 4, (2, 8), (1.9, 8.1)),
        (Tolerance("range", low=0.2, high=0.6), 0.33, (0.2, 0.6), (0.19, 0.61)),
        (Tolerance("sign", low=0.0), 3, (0.01, 9), (0.0, -0.01)),
        (Tolerance("sign", high=0.0), -3, (-0.01, -9), (0.0, 0.01)),
    ],
)
def test_a_number_is_inside_up_to_the_end_of_its_tolerance(
    tolerance: Tolerance, published: float, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    assert all(tolerance.inside((published,), (number,)) for number in inside)
    assert not any(tolerance.inside((published,), (number,)) for number in outside)


def test_every_place_of_a_list_must_be_inside() -> None:
    tolerance = Tolerance("abs", 0.05)
    assert tolerance.inside((0.4, 0.7), (0.44, 0.66))
    assert not tolerance.inside((0.4, 0.7), (0.44, 0.64))


def test_a_verdict_is_doubtful_where_the_sampling_error_reaches_the_bound() -> None:
    tolerance = Tolerance("abs", 0.05)
    assert tolerance.doubtful((0.5,), (0.54,), (0.01,))
    assert tolerance.doubtful((0.5,), (0.56,), (0.01,))
    assert not tolerance.doubtful((0.5,), (0.51,), (0.01,))


def test_every_published_figure_is_measured_or_says_why_not() -> None:
    for id, target in targets().by_id.items():
        assert (target.asked is None) == bool(target.not_modelled), id


def test_every_source_in_brackets_is_in_the_list() -> None:
    for target in targets().by_id.values():
        assert all(number in targets().sources for number in target.source_numbers)


def test_the_table_of_constants_names_figures_that_exist() -> None:
    for constant in TABLE.values():
        if constant.confidence == "design choice" or constant.source.startswith("source ["):
            continue
        for id in constant.source.split(", "):
            assert id in targets().by_id, (constant.name, id)


def test_no_figure_that_a_constant_or_a_kind_of_sale_names_as_its_source_is_called_checked() -> None:
    for constant in TABLE.values():
        for id in constant.source.split(", "):
            if id in targets().by_id:
                assert standing(targets().named(id)) != "checked", (constant.name, id)
    for name, preset in PRESETS.items():
        for id, target in targets().by_id.items():
            if id in preset.says or (id.startswith("hbr.audit_") and "hbr.audit_*" in preset.says):
                assert standing(target) != "checked", (name, id)


def test_some_figures_are_left_that_speak_for_the_model() -> None:
    checked = [id for id in modelled() if targets().named(id).held and standing(targets().named(id)) == "checked"]
    assert "jolt.no_decision" in checked
    assert 5 <= len(checked) < len(modelled()) / 4


def test_a_figure_that_is_no_check_by_hand_says_why() -> None:
    for target in targets().by_id.values():
        assert bool(target.standing) == bool(target.because), target.id


def test_an_unknown_figure_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(ValueError, match=r"rackham\.close_low"):
        targets().named("rackham.closelow")
    with pytest.raises(ValueError, match=r"auto\.first_visit"):
        measure("auto.first-visit", 20)


def test_a_figure_that_is_not_modelled_is_not_measured() -> None:
    with pytest.raises(ValueError, match="counted"):
        measure("gong.questions", 20)


def test_an_experiment_refuses_too_few_runs() -> None:
    with pytest.raises(ValueError, match="at least 20 runs, not 3"):
        measure("auto.first_visit", 3)


def test_only_the_places_that_the_model_has_are_compared() -> None:
    found = finding("emotion.hours", Measurement((6.0,), (0.1,), 20, "hours"))
    assert found.published == (6.0,)
    assert found.verdict == "inside"


def test_a_figure_without_a_measurement_is_called_not_modelled() -> None:
    assert finding("gong.questions", None).verdict == "not-modelled"


HELD_BACK = """\
targets:
- {id: kept.back, quantity: some figure, value: VALUE, tolerance: {abs: 100}, experiment: NAME, WITHuse: check,
   confidence: weak, evidence: retrieved, source: somebody}
"""


def held_back(experiment: str, given: str = "", value: str = "1", more: str = "") -> bytes:
    """A file with one figure that asks for an experiment."""
    given = f"with: {{{given}}}, " if given else ""
    return HELD_BACK.replace("VALUE", value).replace("NAME", experiment).replace("WITH", given + more).encode()


@pytest.mark.parametrize(
    ("experiment", "given", "value", "more"),
    [
        ("contact", "reach: hbr, when: 5m", "0.5", ""),
        ("contact", "reach: telfer, when: [1h, 4h]", "0.1", ""),
        ("orders_at", "at: [5m, 1d]", "[0.2, 0.1]", ""),
        ("first_visit_orders", "sale: in_home", "30", "unit: percent, "),
        ("date_gain", "asked: day, sale: auto", "1.5", "unit: points, "),
        ("rivals_mean", "within: 2d", "400", "unit: minutes, "),
        ("enquiry_funnel", "", "0.5", "results: appointment kept, "),
        ("enquiry_funnel", "", "[0.6, 0.4]", "results: [contact, order], "),
        ("win_by_level", "", "[0.5, 0.3, 0.1]", ""),
        ("date_agreed", "sale: auto", "0.5", ""),
        ("date_kept", "sale: new_home", "0.9", ""),
        ("orders", "sale: auto", "[0.25, 0.2]", "places: 2, "),
    ],
)
def test_a_figure_is_added_and_tried_by_a_line_of_data(experiment: str, given: str, value: str, more: str) -> None:
    target = read_targets(held_back(experiment, given, value, more)).named("kept.back")
    assert target.asked is not None
    found = target.asked.measure(20)
    assert len(found.values) == len(target.measured)
    assert target.tolerance.inside(target.measured, found.values)


def test_the_figure_that_the_readme_adds_can_be_added() -> None:
    (example,) = re.findall(r"```yaml\n(- id: .*?)```", README.read_text(encoding="utf-8"), re.S)
    target = read_targets(f"targets:\n{example}sources: {{71: a study}}\n".encode()).named("somebody.close")
    assert target.asked is not None
    assert 0 <= target.asked.measure(20).value <= 100


def test_a_figure_in_percent_is_compared_in_percent() -> None:
    share, percent = (
        read_targets(held_back("real_buyers", "sale: auto", more=more)).named("kept.back").asked
        for more in ("", "unit: percent, ")
    )
    assert share is not None
    assert percent is not None
    assert percent.measure(20).value == pytest.approx(100 * share.measure(20).value)
    assert percent.measure(20).errors[0] == pytest.approx(100 * share.measure(20).errors[0])


@pytest.mark.parametrize(
    ("experiment", "given", "more", "said"),
    [
        (
            "first_visit_order",
            "sale: auto",
            "",
            r"no experiment 'first_visit_order'; did you mean `first_visit_orders`",
        ),
        ("first_visit_orders", "sail: auto", "", r"'first_visit_orders' has no parameter 'sail'; did you mean `sale`"),
        ("first_visit_orders", "", "", r"needs the parameter 'sale'"),
        ("first_visit_orders", "sale: autos", "", r"cannot take sale: 'autos' is unknown; did you mean `auto`"),
        ("first_visit_orders", "sale: auto", "unit: percents, ", r"does not give 'percents'; did you mean `percent`"),
        ("first_visit_orders", "sale: auto", "unit: hours, ", r"does not give 'hours'; one of: share, percent"),
        ("contact", "reach: hbr, when: 5", "", r"cannot take when: 5 is not a time; write it like `5m`"),
        ("contact", "reach: hbr, when: [1d, 1h]", "", r"neither a time nor a stretch"),
        ("reached_by_call", "calls: 13", "", r"13 is not a whole number from 1 to 12"),
        ("enquiry_funnel", "", "results: shown, ", r"has no result 'shown'; one of: contact, appointment"),
        ("enquiry_funnel", "", "", r"has 1 numbers to compare and its experiment gives 4; choose with `results`"),
        ("callback_share", "sale: auto", "", r"has no parameter 'sale'; it takes none"),
        ("callback_share", "", "places: 2, ", r"has `places` other than 1 to 1"),
        ("callback_share", "", "not_modelled: it is not, ", r"either an `experiment` or a reason"),
        ("callback_share", "", "unti: percent, ", r"a field `unti` that nobody reads; did you mean `unit`"),
    ],
)
def test_what_no_experiment_can_do_is_refused_with_what_it_can(
    experiment: str, given: str, more: str, said: str
) -> None:
    with pytest.raises(ValueError, match=f"kept.back.*{said}"):
        read_targets(held_back(experiment, given, more=more))


def test_every_experiment_gives_a_unit_that_is_known_and_is_asked_for_by_some_figure_or_waits_for_one() -> None:
    assert all(experiment.unit in UNITS for experiment in EXPERIMENTS.values())
    waiting = set(EXPERIMENTS) - {target.asked.name for target in targets().by_id.values() if target.asked is not None}
    assert waiting <= {"date_agreed", "date_kept"}


def test_a_figure_is_read_with_everything_that_is_known_about_it() -> None:
    target = read_targets(ONE.encode()).named("a.share")
    assert target.value == (0.5,)
    assert target.held
    assert target.source_numbers == (1,)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("targets:", "figures:", "no list of `targets`"),
        ("- id: a.share", "- name: a.share", "target 1 has no `id`"),
        ("  value: 0.5\n", "", "'a.share' has no `value`"),
        ("value: 0.5", "value: half", "'a.share' has a `value` that is not a number"),
        ("{abs: 0.1}", "{abs: little}", "tolerance of the target 'a.share' is not a number"),
        ("{abs: 0.1}", "{range: 0.1}", "tolerance of the target 'a.share' is not a number"),
        ("use: fit", "use: guess", "unknown use 'guess'"),
        ("{abs: 0.1}", "{about: 0.1}", "tolerance of the target 'a.share'"),
        ("[1]", "[2]", "names source 2"),
        ("use: fit", "use: fit\n  colour: red", "a field `colour`"),
        ("use: fit", "use: fit\n  standing: identity", "`standing` and `because` both"),
        ("use: fit", "use: fit\n  standing: checked\n  because: so", "unknown standing 'checked'"),
        ("targets:", "targets: [", "not YAML"),
    ],
)
def test_a_wrong_file_of_figures_says_what_is_wrong(old: str, new: str, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("[", r"\[")):
        read_targets(ONE.replace(old, new, 1).encode())
