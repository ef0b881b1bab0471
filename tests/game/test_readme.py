"""What the README and the game's manual say is so: commands, options, and what they print.

The answers in their console blocks are the program's own: `python tests/game/test_readme.py` writes them anew.
"""

import argparse
import os
import pkgutil
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import game
from game.options import parser
from tests.catalogues import said

README = Path(__file__).parents[2] / "README.md"
MANUAL = README.parent / "game" / "README.md"
KIOSK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```console\n\$ (.*)\n((?:(?!```).*\n)*)```$", re.MULTILINE)


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Every command with its parser; the program's own under an empty name."""
    main = parser()
    (commands,) = (each for each in main._actions if isinstance(each, argparse._SubParsersAction))
    return {"": main, **commands.choices}


def answer(command: str) -> str:
    """What a command prints beside the README's scenario, for a player who has not played yet."""
    (kiosk,) = KIOSK.findall(README.read_text())
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "kiosk.yaml").write_text(kiosk)
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env={
                **os.environ,
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                "FIRSTVISIT_HOME": f"{folder}/home",
                "COLUMNS": "100",
            },
        )
        return done.stdout


def test_every_command_is_documented() -> None:
    documented = set(re.findall(r"^\| `firstvisit ?([a-z]*)", MANUAL.read_text(), re.MULTILINE))
    assert documented == set(parsers())


def test_every_option_is_documented_and_every_documented_option_exists() -> None:
    exist = {
        option
        for parser in parsers().values()
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--")
    }
    rows = re.findall(r"^\| (`--.*?) \|", MANUAL.read_text(), re.MULTILINE)
    documented = set(re.findall(r"--[a-z-]+", " ".join(rows)))
    assert documented == exist


def test_an_options_row_names_the_commands_that_have_it() -> None:
    for options, commands in re.findall(r"^\| (`--.*?) \| (`.*?) \|", MANUAL.read_text(), re.MULTILINE):
        names = {name.removeprefix("firstvisit") for name in re.findall(r"`(.*?)`", commands)}
        for option in re.findall(r"--[a-z-]+", options):
            have = {name for name, parser in parsers().items() if option in parser._option_string_actions}
            assert names == have or "all" in commands or option == "--version", (option, names, have)


@pytest.mark.parametrize(("command", "printed"), BLOCK.findall(README.read_text() + MANUAL.read_text()))
def test_a_command_prints_what_the_readme_shows(command: str, printed: str) -> None:
    assert answer(command) == printed, "write it anew with: python tests/game/test_readme.py"


def test_par_is_one_thing_in_documents_and_on_the_screen() -> None:
    from engine import par

    pages = [README.read_text(), (README.parent / "engine" / "README.md").read_text(), par.__doc__ or ""]
    defined = re.compile(r"\bpar\*{0,2}(?: is|:|,) what\b|\*par\* is\b", re.IGNORECASE)
    sentences = [each for one in said() for each in ([one.id] if isinstance(one.id, str) else one.id)]
    told = [" ".join(each.split()) for each in (*pages, *sentences)]
    told = [text[found.start() :][:90] for text in told for found in defined.finditer(text)]
    assert len(told) >= 6
    assert [each for each in told if "what the best of expert, schools and script earns" not in each] == []


def test_the_manual_names_every_part_of_the_game() -> None:
    parts = MANUAL.read_text().partition("| part |")[2].partition("\n\n")[0]
    named = re.findall(r"`(\w+)(?:\.py|/)`", parts)
    assert sorted(named) == sorted(
        found.name for found in pkgutil.iter_modules(game.__path__) if found.name != "__main__"
    )


def test_every_benchmark_is_named() -> None:
    folder = README.parent / "tests" / "benchmarks"
    named = re.findall(r"`(\w+\.py)`", (folder / "README.md").read_text())
    assert sorted(named) == sorted(path.name for path in folder.glob("*.py"))


@pytest.mark.parametrize("page", [README, MANUAL], ids=["readme", "manual"])
def test_every_picture_and_page_that_is_linked_exists(page: Path) -> None:
    linked = re.findall(r"\]\(([^)#:]+)\)", page.read_text())
    assert linked
    assert [each for each in linked if not (page.parent / each).exists()] == []


def test_every_bundled_scenario_of_a_school_is_in_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from game.shelf import library
    from game.words.wording import school_name

    monkeypatch.setenv("FIRSTVISIT_HOME", str(tmp_path))
    table = dict(re.findall(r"^\| \*\*(.+?)\*\* \|.*\| `(.+?)` \|$", README.read_text(), re.MULTILINE))
    found, _ = library.entries()
    assert table == {
        school_name(each.summary.school): each.summary.id for each in found if each.summary.school is not None
    }


def refreshed(text: str) -> str:
    """A page with the answers of today."""
    return BLOCK.sub(lambda block: f"```console\n$ {block[1]}\n{answer(block[1])}```", text)


if __name__ == "__main__":
    for page in (README, MANUAL):
        page.write_text(refreshed(page.read_text()))
