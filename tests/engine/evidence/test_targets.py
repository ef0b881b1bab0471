"""Claims about the published figures: how near is near enough, and that every one is answered for."""

from __future__ import annotations

import pytest

from engine.evidence.experiments import EXPERIMENTS, finding, measure
from engine.evidence.lab import PRESETS
from engine.evidence.measurement import Measurement
from engine.evidence.standing import standing
from engine.evidence.targets import Tolerance, read_targets, targets
from engine.rules.constants import TABLE

ONE = """\
targets:
- id: a.share
  quantity: a share
  value: 0.5
  tolerance: {abs: 0.1}
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
        assert (id in EXPERIMENTS) != bool(target.not_modelled), id
    assert set(EXPERIMENTS) <= set(targets().by_id)


def test_every_source_in_brackets_is_in_the_list() -> None:
    for target in targets().by_id.values():
        assert all(number in targets().sources for number in target.source_numbers)
    assert sorted(targets().sources) == list(range(1, 71))


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
    checked = [id for id in EXPERIMENTS if targets().named(id).held and standing(targets().named(id)) == "checked"]
    assert "jolt.no_decision" in checked
    assert 5 <= len(checked) < len(EXPERIMENTS) / 4


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
