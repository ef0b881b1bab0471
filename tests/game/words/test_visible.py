"""Names of files are data: whatever a name holds, a terminal is never told to do it."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from game.home import profile
from game.home.settings import Settings, load_settings, save_settings
from game.programs.app import FirstVisit
from game.words.visible import json_text, visible, visible_lines
from tests.game.conftest import Run
from tests.game.screens.moves import settle
from tests.game.screens.pictures import text_of

HOSTILE = ("\x1b]0;owned\x07", "\x1b]52;c;b3duZWQ=\x07", "\x9b31m", "\u202egnp", "\x7f", "two\nlines", "\udcff")


def harmless(text: str) -> bool:
    """Whether a terminal would only print this."""
    return all(char.isprintable() or char in " \n" for char in text)


def folder_of(place: Path, text: str) -> Path:
    """A folder with a hostile name, and in it a scenario and a file that is none, both with every hostile name."""
    folder = place / "\x1b]0;folder\x07"
    folder.mkdir(parents=True)
    for number, odd in enumerate(HOSTILE):
        (folder / f"good{odd}.yaml").write_text(text.replace("id: kiosk", f"id: kiosk-{number}"), encoding="utf-8")
        (folder / f"bad{odd}.yaml").write_text("format: [", encoding="utf-8")
    return folder


def test_what_acts_on_a_terminal_is_spelt_out() -> None:
    for odd in HOSTILE:
        assert harmless(visible(odd).replace("\n", "!")), odd
        assert harmless(visible_lines(odd)), odd
    assert visible("\x1b[31m é 日本") == "\\x1b[31m é 日本"
    assert visible_lines("one\ntwo\x07") == "one\ntwo\\x07"


def test_json_is_harmless_and_true() -> None:
    for odd in HOSTILE:
        assert harmless(json_text({odd: [odd]}))
        assert json.loads(json_text({odd: [odd]})) == {odd: [odd]}


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--scenarios", "FOLDER"),
        ("list", "--json", "--scenarios", "FOLDER"),
        ("check", "FOLDER", "--plays", "5"),
        ("check", "--json", "FOLDER", "--plays", "5"),
        ("play", "FOLDER/bad\x1b]0;owned\x07.yaml", "--plain"),
        ("play", "FOLDER/good\x1b]0;owned\x07.yaml", "--plain"),
        ("play", "FOLDER/none\x9b.yaml", "--plain"),
        ("--scenarios", "FOLDER", "--plain"),
        ("simulate", "FOLDER/bad\x9b31m.yaml"),
        ("replay", "FOLDER/bad\u202egnp.yaml"),
        ("list", "\x1b]0;owned\x07"),
        ("play", "first-five-minutes", "--cues", "\x9b31m"),
        ("play", "first-five-minutes", "--seed", "\u202e"),
        ("\x1b[2J",),
    ],
)
def test_no_command_repeats_a_name_raw(run: Run, tmp_path: Path, kiosk_path: Path, arguments: tuple[str, ...]) -> None:
    folder = folder_of(tmp_path, kiosk_path.read_text(encoding="utf-8"))
    _, out, err = run(*(each.replace("FOLDER", str(folder)) for each in arguments))
    assert out + err
    assert harmless(out), out
    assert harmless(err), err


def test_a_title_that_spells_an_escape_sequence_is_refused_in_lists(run: Run, tmp_path: Path, kiosk_path: Path) -> None:
    text = kiosk_path.read_text(encoding="utf-8").replace("title: The kiosk", r'title: "a\e]0;owned\a"')
    kiosk_path.write_text(text, encoding="utf-8")
    _, out, err = run("list", "--scenarios", str(tmp_path))
    assert "kiosk" not in out
    assert "U+001B" in err


async def test_the_library_shows_hostile_names_as_text(home: Path, tmp_path: Path, kiosk_path: Path) -> None:
    save_settings(Settings(tutorial_seen=True))
    folder = folder_of(tmp_path, kiosk_path.read_text(encoding="utf-8"))
    app = FirstVisit(folder=folder)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot, *"]0;owned")
        assert harmless(text_of(app))
        assert r"bad\x1b]0;owned\x07.yaml" in text_of(app)
        await settle(pilot, "enter")
        assert r"bad\x1b]0;owned\x07.yaml cannot be played yet" in text_of(app)
        await settle(pilot, "escape")
        app.say("\x1b]52;c;b3duZWQ=\x07")
        assert all(harmless(each.message) for each in app._notifications)


# --- what lies there and is no file ----------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_is_no_regular_file_is_never_waited_for(home: Path, tmp_path: Path) -> None:
    for folder, end in ((profile.runs_dir(), ".run"), (profile.scenarios_dir(), ".yaml")):
        folder.mkdir(parents=True)
        os.mkfifo(folder / f"pipe{end}")
        (folder / f"folder{end}").mkdir()
        (folder / f"nowhere{end}").symlink_to(tmp_path / "nowhere")
        (folder / f"device{end}").symlink_to("/dev/zero")
        with socket.socket(socket.AF_UNIX) as one, pytest.MonkeyPatch.context() as there:
            there.chdir(folder)  # the path of a socket is short
            one.bind(f"socket{end}")
        with (folder / f"huge{end}").open("wb") as file:
            file.truncate(8 << 30)  # a hole: no disk is used
    os.mkfifo(home / "settings.json")
    assert load_settings()[0] == Settings()
    assert "not a regular file" in load_settings()[1]
    commands = (
        ("list",),
        ("runs",),
        ("--plain",),
        ("replay", "pipe"),
        ("replay", str(profile.runs_dir() / "pipe.run")),
        ("check", str(profile.scenarios_dir())),
        ("play", str(profile.scenarios_dir() / "pipe.yaml"), "--plain"),
    )
    program = f"from game.cli import main\nprint('CODES', *[main(each) for each in {commands}])"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "FIRSTVISIT_HOME": str(home)},
        timeout=120,
        check=False,
    )
    assert done.stdout.splitlines()[-1:] == ["CODES 0 0 0 2 2 2 2"], done.stderr
