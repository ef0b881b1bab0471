"""A scenario while it is written: what becomes of a run when the file changes, and of the file meanwhile."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from game.authoring import editor, watching
from game.authoring.playing_on import Played, PlayingOn, ways
from game.authoring.preview import Preview
from game.authoring.watching import Watched, place_of, version
from game.computing.pool import WorkerLost
from game.words.errors import Failure
from tests.game.conftest import Run
from tests.game.whole import WHOLE


@pytest.fixture
def kiosk_path(tmp_path: Path) -> Path:
    """The file that is previewed."""
    path = tmp_path / "kiosk.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    return path


@pytest.fixture
def previewed(kiosk_path: Path) -> Preview:
    """A preview of the kiosk, after two choices."""
    found = Preview(kiosk_path, 2)
    found.take(version(WHOLE.encode(), kiosk_path))
    for name in ("where-to", "this-one"):
        choose(found, name)
    return found


def choose(preview: Preview, name: str) -> None:
    assert preview.game is not None
    preview.choose(preview.game.move_named(name))


def save(preview: Preview, old: str, new: str, text: str = WHOLE) -> str:
    assert old in text
    changed = text.replace(old, new)
    preview.take(version(changed.encode(), preview.path))
    return changed


def made(preview: Preview) -> list[str]:
    assert preview.state is not None
    return [preview.state.game.move_name(action) for action, _ in preview.state.history]


# --- the same choices ------------------------------------------------------------------------------------------------


def test_the_same_choices_are_made_again_and_what_differs_first_is_known(previewed: Preview) -> None:
    save(previewed, "This one opens with one hand.", "This one opens by itself.")
    assert made(previewed) == ["where-to", "this-one"]
    assert previewed.difference is not None
    assert previewed.difference.step == 2


def test_with_an_error_in_the_file_the_last_good_version_plays_on(previewed: Preview) -> None:
    save(previewed, "kind: present", "kind: presnt")
    assert previewed.stale
    assert made(previewed) == ["where-to", "this-one"]
    choose(previewed, "have-it")
    assert len(made(previewed)) == 3


def test_a_choice_that_cannot_be_made_is_made_again_once_it_can(previewed: Preview) -> None:
    save(previewed, "  this-one:", "  that-one:")
    assert made(previewed) == ["where-to"]
    assert previewed.stopped == "There is no line 'this-one' any more."
    save(previewed, "Sam", "Sam")
    assert made(previewed) == ["where-to", "this-one"]
    assert not previewed.stopped


def test_a_choice_of_another_line_settles_what_could_not_be_made(previewed: Preview) -> None:
    save(previewed, "  this-one:", "  that-one:")
    choose(previewed, "that-one")
    assert previewed.difference is None
    save(previewed, "Sam", "Sam")
    assert made(previewed) == ["where-to"]


def test_choices_are_taken_back_one_by_one(previewed: Preview) -> None:
    assert previewed.undo()
    assert made(previewed) == ["where-to"]
    assert previewed.undo()
    assert not previewed.undo()


def test_another_buyer_begins_anew(previewed: Preview) -> None:
    previewed.begin(7)
    assert made(previewed) == []
    assert previewed.state is not None
    assert previewed.state.seed == 7


# --- the file --------------------------------------------------------------------------------------------------------


def gone(path: Path) -> None:
    path.unlink()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("become", "said"),
    [
        (gone, "kiosk.yaml is gone."),
        (folder, "kiosk.yaml is a folder."),
        (nowhere, "kiosk.yaml is a link that leads nowhere."),
        pytest.param(
            pipe,
            "kiosk.yaml cannot be read (it is not a regular file).",
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names"),
        ),
    ],
)
def test_whatever_becomes_of_the_file_has_its_own_sentence_and_it_is_read_again_when_it_is_back(
    kiosk_path: Path, become: Callable[[Path], None], said: str
) -> None:
    file = Watched(kiosk_path)
    file.take(file.look() or b"")
    become(kiosk_path)
    assert file.look() is None
    assert file.trouble == said
    kiosk_path.rmdir() if kiosk_path.is_dir() else kiosk_path.unlink(missing_ok=True)
    kiosk_path.write_text(WHOLE + "# more\n", encoding="utf-8")
    assert file.look() == (WHOLE + "# more\n").encode()
    assert file.trouble == ""


def test_a_file_that_may_not_be_read_is_said_to_be_one(kiosk_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    file = Watched(kiosk_path)
    monkeypatch.setattr(watching, "read_regular", refuse)
    assert file.look() is None
    assert file.trouble == "kiosk.yaml may not be read."


def test_a_file_that_is_written_to_while_it_is_read_is_read_again(
    kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(path: Path, most: int) -> bytes:
        with path.open("a", encoding="utf-8") as file:
            file.write("# more\n")
        return b"half of i"

    file = Watched(kiosk_path)
    with monkeypatch.context() as patched:
        patched.setattr(watching, "read_regular", slowly)
        assert file.look() is None
        assert file.trouble == "kiosk.yaml is being written."
    assert file.look() == kiosk_path.read_bytes()


def test_a_file_that_never_rests_is_said_to_be_one(kiosk_path: Path) -> None:
    file = Watched(kiosk_path)
    for number in range(30):
        kiosk_path.write_text(f"{WHOLE}# {number}\n", encoding="utf-8")
        file.look()
    assert file.trouble == "kiosk.yaml changes all the time."
    file.look()
    assert file.trouble == ""


def test_what_was_saved_twice_the_same_is_nothing_new(kiosk_path: Path) -> None:
    file = Watched(kiosk_path)
    file.take(file.look() or b"")
    kiosk_path.write_text(WHOLE, encoding="utf-8")
    os.utime(kiosk_path, (1, 1))
    assert file.look() is None


@pytest.mark.parametrize(
    "content",
    [b"", b"[" * 45_000, b"a" * 2_000_000, b"a: &a [x, x]\nb: [*a, *a]\n", b"\xff\xfea\x00", b"id: caf\xe9\n", b"\x00"],
)
def test_whatever_is_saved_the_last_good_version_plays_on(previewed: Preview, content: bytes) -> None:
    previewed.take(version(content, previewed.path))
    assert previewed.stale
    assert made(previewed) == ["where-to", "this-one"]


def test_a_byte_order_mark_and_the_line_ends_of_windows_change_nothing(previewed: Preview) -> None:
    previewed.take(version(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode(), previewed.path))
    assert not previewed.stale
    assert previewed.difference is None


def test_a_file_that_is_not_utf_8_is_a_problem_and_no_trouble(previewed: Preview) -> None:
    previewed.take(version(WHOLE.replace("Sam", "Zoë").encode("latin-1"), previewed.path))
    assert [problem.code for problem in previewed.problems] == ["FV101"]
    assert previewed.state is not None


def test_a_line_of_the_scenario_is_found_in_the_file() -> None:
    path = Path("kiosk.yaml")
    lines = WHOLE.split("\n")
    assert lines[place_of(WHOLE.encode(), path, "buyer", "this-one") - 1].startswith("  this-one:")
    assert place_of(WHOLE.encode(), path, "buyer", "not-there") == 1
    assert place_of(b"[", path, "buyer", "this-one") == 1


# --- playing on in the background ------------------------------------------------------------------------------------


def test_what_never_comes_up_is_found_by_a_process_beside_this_one(kiosk_path: Path) -> None:
    stopped, told = threading.Event(), list[Played]()
    text = (WHOLE + "  never: {kind: claim, say: I told you., when: {knows: dry, said-not: where-to}}\n").encode()
    playing_on = PlayingOn(kiosk_path, told.append, stopped.is_set)
    playing_on.begin()
    playing_on.take(version(text, kiosk_path))
    until = time.monotonic() + 120
    while not any(played.problems for played in told) and time.monotonic() < until:
        time.sleep(0.02)
    stopped.set()
    assert any("never" in problem.message for problem in told[-1].problems)
    assert told[-1].text == text


def found_of(kiosk_path: Path, texts: list[str], monkeypatch: pytest.MonkeyPatch) -> list[list[Played]]:
    """What is told of each version of a file until its second slice of plays, all in this process."""
    stopped, told = threading.Event(), list[Played]()

    @contextmanager
    def beside(work: Callable[[object], Played], stopped: Callable[[], bool]) -> Iterator[Callable[[object], Played]]:
        yield work

    monkeypatch.setattr("game.computing.pool.beside", beside)
    monkeypatch.setattr("game.authoring.playing_on.SLICES", (5, 5))
    playing_on = PlayingOn(kiosk_path, told.append, stopped.is_set)
    worker = threading.Thread(target=playing_on._run)
    worker.start()
    for number, text in enumerate(texts, 1):
        playing_on.take(version(text.encode(), kiosk_path))
        until = time.monotonic() + 120
        while len(told) < 2 * number and time.monotonic() < until:
            time.sleep(0.01)
    stopped.set()
    worker.join(120)
    return [[played for played in told if played.text == text.encode()] for text in texts]


def test_where_only_words_were_changed_what_was_found_stays_found(
    kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsaid = WHOLE + "  never: {kind: claim, say: I told you., when: {knows: dry, said-not: where-to}}\n"
    texts = [unsaid, unsaid.replace("I told you.", "I said so.")]
    first, reworded = found_of(kiosk_path, texts, monkeypatch)
    assert [played.plays for played in first] == [5, 10]
    assert [played.plays for played in reworded] == [15, 20]
    assert any("`never` is never offered (proved" in each.message for each in reworded[0].problems)


def test_where_a_rule_was_changed_it_is_played_anew(kiosk_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    harder = WHOLE + "  never: {kind: claim, say: I told you., when: {knows: dry, said-not: where-to}}\n"
    _, changed = found_of(kiosk_path, [WHOLE, harder], monkeypatch)
    assert [played.plays for played in changed] == [5, 10]


@pytest.mark.parametrize("error", [ZeroDivisionError(), BrokenExecutor()])
def test_plays_that_fail_are_told_and_the_next_version_is_played_all_the_same(
    kiosk_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    stopped, told, failed = threading.Event(), list[Played](), list[bool]()

    @contextmanager
    def beside(work: Callable[[object], Played], stopped: Callable[[], bool]) -> Iterator[Callable[[object], Played]]:
        def done(job: object) -> Played:
            if not failed:
                failed.append(True)
                raise error
            stopping.set()
            return Played(b"", 25, (), {})

        try:
            yield done
        except BrokenExecutor:
            raise WorkerLost from None

    stopping = stopped
    monkeypatch.setattr("game.computing.pool.beside", beside)
    playing_on = PlayingOn(kiosk_path, told.append, stopped.is_set)
    worker = threading.Thread(target=playing_on._run)
    worker.start()
    playing_on.take(version(WHOLE.encode(), kiosk_path))
    until = time.monotonic() + 120
    while not told and time.monotonic() < until:
        time.sleep(0.01)
    assert told[0].trouble
    playing_on.take(version(WHOLE.encode(), kiosk_path))
    worker.join(120)
    assert told[-1].plays == 25


def test_the_way_to_a_line_leads_to_where_it_can_be_said(previewed: Preview) -> None:
    from engine.authoring.exploring import begin, explore

    assert previewed.game is not None
    found = ways(explore(begin(previewed.game.scenario), 40))
    for action, way in found.items():
        previewed.begin(way.seed, way.moves)
        assert previewed.state is not None
        assert made(previewed) == list(way.moves)
        assert action in previewed.state.legal_actions()
    assert {previewed.game.move_name(action) for action in found} >= {"where-to", "this-one", "have-it", "some-day"}


# --- the editor ------------------------------------------------------------------------------------------------------


@pytest.fixture
def editors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of editors, which is all there is to be started."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    return folder


def install(folder: Path, *names: str) -> None:
    for name in names:
        program = folder / name
        program.write_text(f"#!{sys.executable}\n", encoding="utf-8")
        program.chmod(0o755)


posix = pytest.mark.skipif(os.name != "posix", reason="programs that are scripts")


@posix
@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        ("vim", ["vim", "+12", "{}"]),
        ("vim.tiny", ["vim.tiny", "+12", "{}"]),
        ("nano -w", ["nano", "-w", "+12", "{}"]),
        ("emacs -nw", ["emacs", "-nw", "+12", "{}"]),
        ("code --wait", ["code", "--wait", "-g", "{}:12"]),
        ("hx", ["hx", "{}:12"]),
        ("something-else", ["something-else", "{}"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(
    editors: Path, monkeypatch: pytest.MonkeyPatch, said: str, arguments: list[str]
) -> None:
    install(editors, arguments[0])
    monkeypatch.setenv("EDITOR", said)
    file = Path("/a folder/my; rm -rf $HOME.yaml")
    assert editor.command(file, 12) == [each.format(file) for each in arguments]


@posix
def test_visual_goes_before_editor_and_without_either_one_is_looked_for(
    editors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Failure, match="No editor is set"):
        editor.command(Path("x.yaml"), 1)
    install(editors, "nano", "vi", "kate")
    assert editor.command(Path("x.yaml"), 1)[0] == "nano"
    monkeypatch.setenv("EDITOR", "vi")
    monkeypatch.setenv("VISUAL", "kate")
    assert editor.command(Path("x.yaml"), 3)[:3] == ["kate", "-l", "3"]


def test_an_editor_that_is_not_there_is_named(editors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor")
    with pytest.raises(Failure, match="no program 'no-such-editor', which EDITOR names"):
        editor.command(Path("x.yaml"), 1)
    monkeypatch.setenv("EDITOR", "'unclosed")
    with pytest.raises(Failure, match="EDITOR cannot be read"):
        editor.command(Path("x.yaml"), 1)


@posix
def test_a_file_whose_name_begins_like_an_option_is_a_file_all_the_same(
    editors: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(editors, "vi")
    monkeypatch.setenv("EDITOR", "vi")
    monkeypatch.chdir(tmp_path)
    assert editor.command(Path("-c :!date.yaml"), 1)[-1] == str(tmp_path / "-c :!date.yaml")


def test_an_editor_that_ends_badly_is_told() -> None:
    with pytest.raises(Failure, match="ended with exit code 3"):
        editor.edit([sys.executable, "-c", "raise SystemExit(3)"])


# --- the command -----------------------------------------------------------------------------------------------------


def test_without_a_screen_it_says_what_to_do_instead(run: Run, kiosk_path: Path) -> None:
    code, _, err = run("preview", str(kiosk_path))
    assert code == 2
    assert "firstvisit check" in err


@pytest.mark.parametrize(
    ("become", "said"), [(gone, "No such file"), (folder, "it is a folder"), (nowhere, "No such file")]
)
def test_a_file_that_is_not_there_is_said_before_a_screen_opens(
    run: Run, kiosk_path: Path, monkeypatch: pytest.MonkeyPatch, become: Callable[[Path], None], said: str
) -> None:
    monkeypatch.setattr("game.commands.previewing.on_a_terminal", lambda: True)
    become(kiosk_path)
    code, _, err = run("preview", str(kiosk_path))
    assert code == 2
    assert said in err
