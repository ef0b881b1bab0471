"""`firstvisit new`: an author begins with a scenario that plays."""

from pathlib import Path

import pytest

from engine.scenario import read_scenario
from game.words.terms import SALES
from tests.game.conftest import Run


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the author's own."""
    where = tmp_path / "mine"
    where.mkdir()
    monkeypatch.chdir(where)
    return where


def test_an_author_answers_six_questions_and_has_a_scenario(run: Run, somewhere: Path) -> None:
    code, out, err = run("new", typed="1\ndesk lamp\nAda\n45\nnzd\n\n")
    assert (code, err) == (0, "")
    assert "Over a counter" in out
    path = somewhere / "desk-lamp.yaml"
    found = read_scenario(path.read_bytes(), str(path))
    assert (found.id, found.title) == ("desk-lamp", "Desk lamp, over the counter")
    (ada,) = found.prospects
    assert (ada.buyer.name, ada.offer.name, ada.offer.price, ada.offer.currency) == ("Ada", "Desk lamp", 4500, "NZD")
    assert "Ada comes in" in found.briefing
    assert path.read_text().startswith("# yaml-language-server: $schema=file://")
    for command in ("play", "check", "balance"):
        assert f"firstvisit {command} desk-lamp.yaml" in out


def test_what_was_written_plays_to_its_debrief(run: Run, somewhere: Path) -> None:
    run("new", "lamp.yaml", "--sale", "counter")
    code, out, _ = run("show", "lamp.yaml", "--player", "collector")
    assert code == 0
    assert "HOW IT ENDED" in out


@pytest.mark.parametrize("sale", SALES)
def test_options_alone_will_do(run: Run, somewhere: Path, sale: str) -> None:
    code, _, err = run("new", "mine.yaml", "--sale", sale, "--product", "rowing boat", "--price", "980.50")
    assert (code, err) == (0, "")
    found = read_scenario((somewhere / "mine.yaml").read_bytes(), "mine.yaml")
    assert found.id == "mine"
    assert found.title.startswith("Rowing boat, ")
    assert found.prospects[0].offer.price == 98_050


def test_those_who_decide_as_well_have_the_names_that_are_said(run: Run, somewhere: Path) -> None:
    assert run("new", "mine.yaml", "--sale", "long-sale", "--others", "Mr Okafor,  Pia")[0] == 0
    found = read_scenario((somewhere / "mine.yaml").read_bytes(), "mine.yaml")
    assert found.prospects[0].people == ("Mr Okafor", "Pia")
    assert run("new", "other.yaml", "--sale", "counter", "--others", "Pia")[0] == 0


@pytest.mark.parametrize("sale", SALES)
@pytest.mark.parametrize("product", ["the rowing boat", "A rowing boat"])
def test_whoever_names_a_product_as_in_a_sentence_reads_no_second_article(
    run: Run, somewhere: Path, sale: str, product: str
) -> None:
    assert run("new", "mine.yaml", "--sale", sale, "--product", product)[0] == 0
    written = " ".join((somewhere / "mine.yaml").read_text().lower().split())
    assert "the rowing boat" in written
    assert "the the" not in written
    assert "the a " not in written


def test_a_wrong_answer_is_asked_again_and_said_why(run: Run, somewhere: Path) -> None:
    code, out, _ = run("new", "x.yaml", typed="9\n5\n\n\nRavi\nAnn, Bo\n12,50\n1e9\n12.50\neuro\nEUR\n")
    assert code == 0
    assert "Type a number from 1 to 6" in out
    assert "That is 1 name, and 2 are needed, such as " in out
    assert "'12,50' is not a price: write the number alone, 12.50." in out
    assert "not a currency" in out
    assert read_scenario((somewhere / "x.yaml").read_bytes(), "x").prospects[0].offer.price == 1250


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--others", "Ina", "--others: That is 1 name, and 2 are needed, such as "),
        ("--price", "1,450", "--price: '1,450' is not a price: write the number alone, 1450."),
        ("--buyer", "{Ina}", "--buyer: A name has 1 to 40 characters"),
        ("--product", "", "--product: A name has 1 to 40 characters"),
        ("--currency", "Euro", "--currency: 'EURO' is not a currency"),
    ],
)
def test_an_option_that_cannot_be_read_is_named(run: Run, somewhere: Path, option: str, value: str, told: str) -> None:
    code, _, err = run("new", "x.yaml", "--sale", "long-sale", "--product", "lamp", "--buyer", "Ann", option, value)
    assert code == 2
    assert told in " ".join(err.split())
    assert not (somewhere / "x.yaml").exists()


def test_a_file_that_would_not_be_found_is_asked_for_again(run: Run, somewhere: Path) -> None:
    code, out, _ = run("new", "--sale", "counter", typed="\n\n\n\nmy lamp\nlamp.yaml\n")
    assert code == 0
    assert "'my lamp' would not be found as a scenario: write a name that ends in .yaml." in out
    assert (somewhere / "lamp.yaml").exists()


def test_whole_amounts_are_written_as_authors_write_them(run: Run, somewhere: Path) -> None:
    assert run("new", "x.yaml", "--sale", "long-sale", "--price", "18000")[0] == 0
    assert "floor: 15750 " in (somewhere / "x.yaml").read_text()


def test_a_school_leaves_the_kinds_of_sale_it_is_for(run: Run, somewhere: Path) -> None:
    assert run("new", "a.yaml", "--school", "audition")[0] == 0
    assert read_scenario((somewhere / "a.yaml").read_bytes(), "a").teaches == ("audition",)
    code, out, _ = run("new", "b.yaml", "--school", "plan-a", typed="2\n")
    assert code == 0
    assert "Same day" not in out
    assert "kitchen table" in read_scenario((somewhere / "b.yaml").read_bytes(), "b").title


def test_a_school_for_which_the_numbers_do_not_work_is_refused_with_what_there_is(run: Run, somewhere: Path) -> None:
    code, _, err = run("new", "x.yaml", "--sale", "counter", "--school", "same-day")
    assert code == 2
    assert "work for Plan A" in err
    assert "showroom" in err
    assert not list(somewhere.iterdir())


def test_nothing_is_overwritten_unless_the_author_says_so(run: Run, somewhere: Path) -> None:
    path = somewhere / "lamp.yaml"
    path.write_text("mine")
    code, out, err = run("new", "lamp.yaml")
    assert (code, out) == (2, ""), "nobody answers six questions in vain"
    assert "--force" in err
    assert path.read_text() == "mine"
    assert run("new", "lamp.yaml", "--sale", "counter", "--force")[0] == 0
    assert read_scenario(path.read_bytes(), "lamp").id == "lamp"


class Typing:
    """Somebody at a terminal."""

    def __init__(self, typed: str) -> None:
        self._lines = iter(typed.splitlines(keepends=True))

    def isatty(self) -> bool:
        return True

    def readline(self, _: int = -1) -> str:
        return next(self._lines, "")


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, typed: str, *arguments: str) -> int:
    from game import cli

    monkeypatch.setattr("sys.stdin", Typing(typed))
    return cli.main(arguments)


def test_somebody_at_a_terminal_is_asked_before_a_file_is_replaced(
    home: Path, somewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = somewhere / "lamp.yaml"
    path.write_text("mine")
    given = ("new", "lamp.yaml", "--sale", "counter", "--product", "a", "--buyer", "b", "--price", "5")
    assert at_a_terminal(monkeypatch, "1\n", *given) == 130
    assert path.read_text() == "mine"
    assert at_a_terminal(monkeypatch, "2\n\n", *given) == 0
    assert read_scenario(path.read_bytes(), "lamp").id == "lamp"


@pytest.mark.parametrize("typed", ["", "q\n", "1\n", "1\nlamp\n"])
def test_whoever_leaves_the_questions_leaves_no_file(
    home: Path, somewhere: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    assert at_a_terminal(monkeypatch, typed, "new") == 130
    assert not list(somewhere.iterdir())


def test_without_anybody_to_ask_the_kind_of_sale_is_needed(run: Run, somewhere: Path) -> None:
    code, _, err = run("new", "x.yaml")
    assert code == 2
    assert "--sale" in err
    assert not list(somewhere.iterdir())


def test_an_id_that_is_taken_is_not_given_again(run: Run, somewhere: Path, home: Path) -> None:
    (home / "scenarios").mkdir(parents=True)
    run("new", str(home / "scenarios" / "lamp.yaml"), "--sale", "counter")
    run("new", "lamp.yaml", "--sale", "counter")
    assert read_scenario((somewhere / "lamp.yaml").read_bytes(), "x").id == "lamp-2"
    run("new", str(home / "scenarios" / "lamp.yaml"), "--sale", "counter", "--force")
    assert read_scenario((home / "scenarios" / "lamp.yaml").read_bytes(), "x").id == "lamp"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x.txt", "--sale", "counter"), "ends in .yaml"),
        (("x.yaml", "--sale", "counter", "--price", "0"), "from 1 to"),
        (("x.yaml", "--sale", "counter", "--price", "4,50"), "not a price"),
        (("x.yaml", "--sale", "counter", "--currency", "Taler"), "three letters"),
        (("x.yaml", "--sale", "counter", "--product", "x" * 41), "1 to 40"),
        (("x.yaml", "--sale", "counter", "--product", "the {x}"), "no { or }"),
        (("x.yaml", "--sale", "counter", "--buyer", "\x1b[2J"), "can be seen"),
        (("x.yaml", "--sale", "bazaar"), "bazaar"),
        (("x.yaml", "--sale", "showroom", "--others", "Kim, Jo"), "2 names, and 1 is needed"),
        (("nobody.yaml/x.yaml", "--sale", "counter"), "nobody.yaml"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is(
    run: Run, somewhere: Path, arguments: tuple[str, ...], said: str
) -> None:
    (somewhere / "nobody.yaml").touch()
    code, _, err = run("new", *arguments)
    assert code == 2
    assert said in err
    assert [path.name for path in somewhere.iterdir()] == ["nobody.yaml"]
