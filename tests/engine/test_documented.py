"""The engine's page says what the code does."""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

import pytest

import engine
from engine.rules import constants
from engine.rules.constants import TABLE, as_markdown
from engine.units import CERTAIN, HOUR, POINT

README = Path(__file__).parents[2] / "engine" / "README.md"


def test_the_page_prints_the_table_of_constants_as_it_is() -> None:
    """To renew it: `python -c "from engine.rules.constants import as_markdown; print(as_markdown())"`."""
    assert as_markdown() in README.read_text(encoding="utf-8")


def test_every_constant_has_a_unit_and_a_source_or_is_called_a_design_choice() -> None:
    for constant in TABLE.values():
        assert constant.unit
        assert (constant.source == "design choice") == (constant.confidence == "design choice"), constant.name


def test_the_example_on_the_page_runs() -> None:
    example = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    code = example[1].replace('"scenarios/', f'"{README.parents[1]}/scenarios/')
    exec(compile(code, "README", "exec"), {})


def test_the_page_names_every_part_of_the_engine() -> None:
    parts = README.read_text(encoding="utf-8").partition("| part |")[2].partition("\n\n")[0]
    for found in pkgutil.iter_modules(engine.__path__):
        assert f"`{found.name}{'/' if found.ispkg else '.py'}`" in parts, found.name


def odds(number: int) -> str:
    """Thousandths of a log-odds, as the page writes them."""
    return f"{number / 1000:.1f}" if number % 100 == 0 else f"{number / 1000:g}"


def points(level: int) -> str:
    return str(abs(level) // POINT)


def percent(chance: int) -> str:
    return f"{chance // (CERTAIN // 100)}%"


EARNED = [each // POINT for each in constants.TOUCH_TRUST]
WAITS = [f"{-each / 1000:g}" for each in constants.DECIDE_WAITS[1:]]
SAID = (
    f"z = {odds(constants.DECIDE_BASE)} + {odds(constants.DECIDE_INTEREST)} x interest "
    f"+ {odds(constants.DECIDE_TRUST)} x trust + {odds(constants.DECIDE_NEEDS)} x needs met "
    f"- {odds(-constants.DECIDE_OPEN)} x unsettled objections - {odds(-constants.DECIDE_PRESSURE_LARGE)} x pressure "
    f"(large sales; +{odds(constants.DECIDE_PRESSURE_SMALL)} x pressure in small ones; none in medium) "
    f"- {odds(-constants.DECIDE_AGAIN_LARGE)} x earlier asks "
    f"(large sales; +{odds(constants.DECIDE_AGAIN_SMALL)} in small ones; none in medium) "
    f"- {odds(-constants.DECIDE_NOTHING_NEW)} (asked again",
    f"(low {constants.DECIDE_INDECISION[0]}, moderate {odds(constants.DECIDE_INDECISION[1])}, "
    f"high {odds(constants.DECIDE_INDECISION[2])}; up to {constants.SETTLED_INDECISION}% of it goes",
    f"+ {odds(constants.DECIDE_OFF)} x percent off (at most {odds(constants.DECIDE_OFF_MOST)})",
    f"- {', '.join(WAITS)} (the price came down for nothing once, twice, three times or more)",
    f"+ {odds(constants.DECIDE_SIGNAL)} (while a signal holds; else - {-constants.DECIDE_NO_SIGNAL / 1000:g})",
    f"1 / (1 + e^-({constants.SIGNAL_STEEP}z - {odds(-constants.SIGNAL_BASE)}))",
    f"costs {points(constants.MISSED_EXCITEMENT)} points of excitement, and another comes only",
    f"a clear no ({percent(constants.NO_SHARE)}, and up to {percent(constants.NO_PRESSURE)[:-1]} points more",
    f"objection ({percent(constants.OBJECTS_SHARE)} of the rest",
    f"`z = {odds(constants.AGREE_BASE)} + {odds(constants.AGREE_INTEREST)} x interest "
    f"+ {odds(constants.AGREE_TRUST)} x trust - {odds(-constants.AGREE_PRESSURE)} x pressure` "
    f"({odds(constants.AGREE_TIMED)} more when an hour is named, {odds(-constants.AGREE_POLITELY)} less from somebody "
    f"who is not a buyer, {odds(-constants.AGREE_AGAIN)} less for each step refused in the same conversation), "
    f"less often below {points(constants.AGREE_OPEN)} points of trust",
    f"taken by {percent(constants.TAKES_NO)} of non-buyers, "
    f"{percent(constants.TAKES_NO + constants.TAKES_NO_TRUST)} at full trust",
    f"the nth in a run earns {', '.join(map(str, EARNED))} points",
    f"before any need is known (+{points(constants.UNDEVELOPED_ASK)}), asking without a signal "
    f"(+{points(constants.NO_SIGNAL_ASK)}), asking again (+{points(constants.REPEATED_ASK)} for each earlier ask)",
    f"It fades as `e^(-t/{constants.PRESSURE_E_FOLD // HOUR} h)`",
    f"gives `{constants.MET_PER_WEIGHT / 100} x weight` points of conviction",
    f"raises a hidden objection in {percent(constants.PITCH_OBJECTION)} of cases; tied to a known need in "
    f"{percent(constants.TIED_OBJECTION)}",
    f"costs {points(constants.PAST_EXCITEMENT)} points of excitement and {points(constants.PAST_TRUST)} of trust, and "
    f"adds {points(constants.PAST_PRESSURE)} of pressure",
    f"trusted with at least {points(constants.OPEN_UP_TRUST)} points",
    f"the connect table, {' '.join(f'{each / 1000:.2f}'[1:] for each in constants.CONNECT)}, relative",
    f"{percent(constants.CALLBACK)} of missed calls are returned",
    f"A day agreed adds {odds(constants.DATED_ODDS)} to the log-odds",
    f"At {constants.NUISANCE_SPAN[0]} to {constants.NUISANCE_SPAN[1]} points, drawn with the buyer",
    f"every further contact costs {points(constants.HARASSED_TRUST)} points of trust",
    f"costs {points(constants.BROKEN_TRUST)} points of trust, and the date",
    f"being there earns {points(constants.KEPT_TRUST)}",
)
"""What the page says in numbers that stand in the table, too."""


@pytest.mark.parametrize("said", SAID, ids=[each[:40] for each in SAID])
def test_the_page_tells_the_model_in_the_numbers_of_the_rules(said: str) -> None:
    assert said in " ".join(README.read_text(encoding="utf-8").split())
