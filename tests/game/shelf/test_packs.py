"""Packs: made from a folder, shown before they are installed, found like other scenarios, and never trusted."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.cli import main
from game.shelf import library, packs
from game.words.errors import Failure
from tests.game.conftest import KIOSK, Run

ABOUT = "name: corner-shops\nversion: 1.2\nlicence: CC BY 4.0\nauthors: [Mara Lind, Ola Berg]\nabout: Two shops.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "shops"
    where.mkdir()
    (where / "kiosk.yaml").write_text(KIOSK)
    (where / "stall.yaml").write_text(KIOSK.replace("id: kiosk", "id: stall").replace("The kiosk", "The stall"))
    (where / "pack.yaml").write_text(ABOUT)
    return where


@pytest.fixture
def made(run: Run, home: Path, folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "shops.fvpack"
    code, _, err = run("pack", str(folder), "--output", str(path))
    assert (code, err) == (0, "")
    return path


def changed(pack: Path, name: str, data: bytes | None, *, to: str | None = None) -> Path:
    """The pack with one of its files changed, renamed or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(pack) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
            elif data is not None:
                new.writestr(to or each, data)
    path = pack.with_name("changed.fvpack")
    path.write_bytes(out.getvalue())
    return path


def test_an_author_goes_on_with_what_is_packed_and_installed(run: Run, folder: Path, made: Path) -> None:
    mine = folder / "kiosk.yaml"
    mine.write_text(mine.read_text().replace("The kiosk", "The red kiosk"))
    assert run("install", str(made), "--yes")[0] == 0
    code, out, _ = run("check", str(mine), "--no-explore", "--strict")
    assert code == 0
    assert "hint[FV304]: `kiosk` is also the id of" in out
    assert "if it is this one as you packed it, pack and install it again" in out


# --- making one ------------------------------------------------------------------------------------------------------


def test_what_was_packed_is_said(run: Run, home: Path, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "shops.fvpack"
    code, out, _ = run("pack", str(folder), "--output", str(path))
    assert code == 0
    assert out.startswith("corner-shops 1.2, by Mara Lind, Ola Berg\nLicence: CC BY 4.0\nTwo shops.\n")
    assert "  kiosk: The kiosk (kiosk.yaml, " in out
    assert f"Written: {path}" in out


def test_equal_folders_give_equal_packs(run: Run, made: Path, folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.fvpack"
    run("pack", str(folder), "--output", str(again))
    assert again.read_bytes() == made.read_bytes()


def test_a_pack_is_not_written_over_without_being_told_to(run: Run, made: Path, folder: Path) -> None:
    before = made.read_bytes()
    code, _, err = run("pack", str(folder), "--output", str(made))
    assert (code, made.read_bytes()) == (2, before)
    assert "--force replaces it" in err
    assert run("pack", str(folder), "--output", str(made), "--force")[0] == 0


def test_a_folder_that_does_not_say_who_made_it_is_told_how_to(run: Run, home: Path, folder: Path) -> None:
    (folder / "pack.yaml").unlink()
    code, _, err = run("pack", str(folder))
    assert code == 2
    assert "write a file" in err
    assert "`licence: CC BY 4.0`" in err
    assert "\\n" not in err


def test_what_a_folder_says_of_itself_is_no_scenario(run: Run, home: Path, folder: Path) -> None:
    code, out, _ = run("check", str(folder), "--no-explore")
    assert code == 0
    assert f"{folder / 'pack.yaml'}: no problems" in out
    code, out, err = run("list", "--scenarios", str(folder))
    assert (code, err) == (0, "")
    assert "pack.yaml" not in out
    code, out, err = run("migrate", str(folder))
    assert (code, err) == (0, "")


def test_check_reads_what_a_folder_says_of_itself(run: Run, home: Path, folder: Path) -> None:
    (folder / "pack.yaml").write_text(ABOUT.replace("corner-shops", "Corner Shops"))
    code, out, _ = run("check", str(folder), "--no-explore")
    assert (code, out.count("error[")) == (1, 1)
    assert f"{folder / 'pack.yaml'}:1:7: error[FV207]" in out
    assert "write `corner-shops`" in out


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("pack.yaml", "licence:", "license:", "did you mean `licence`?"),
        ("pack.yaml", "authors: [Mara Lind, Ola Berg]\n", "", "`authors` is missing"),
        ("pack.yaml", ABOUT, "doors\n", "what a pack says of itself is a map of fields, such as `licence: CC BY 4.0`"),
        ("kiosk.yaml", "kind: present", "kind: presnt", "did you mean `present`?"),
    ],
)
def test_a_mistake_is_named_by_file_and_line_and_nothing_is_packed(
    run: Run, home: Path, folder: Path, tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    (folder / file).write_text((folder / file).read_text().replace(old, new))
    code, out, err = run("pack", str(folder), "--output", str(tmp_path / "no.fvpack"))
    assert code == 1
    assert says in out
    assert f"{folder / file}:" in out
    assert "Nothing was packed" in err
    assert not (tmp_path / "no.fvpack").exists()


def test_two_files_of_one_id_are_both_named(run: Run, home: Path, folder: Path) -> None:
    (folder / "again.yaml").write_text(KIOSK + "  bye: {kind: leave, say: Goodbye.}\n")
    code, _, err = run("pack", str(folder))
    assert code != 0
    assert str(folder / "again.yaml") in err
    assert str(folder / "kiosk.yaml") in err


# --- installing ------------------------------------------------------------------------------------------------------


def test_what_is_in_it_is_shown_before_anything_is_installed(run: Run, made: Path) -> None:
    code, out, err = run("install", str(made), typed="y\n")
    assert "kiosk: The kiosk" in out
    assert code == 2
    assert "Nobody can be asked here: say --yes" in err, "for the input is no terminal"
    assert library.pack_folders() == ()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "installed"), [("y\n", 1), ("yes\n", 1), ("1\n", 1), ("n\n", 0), ("perhaps\n2\n", 0), ("", 0)]
)
def test_whoever_is_asked_decides(made: Path, typed: str, installed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert main(["install", str(made)]) == 0
    assert len(library.pack_folders()) == installed


def test_an_installed_scenario_is_found_like_any_other(run: Run, made: Path) -> None:
    assert run("install", str(made), "--yes")[0] == 0
    assert {"kiosk", "stall"} <= {each["id"] for each in json.loads(run("list", "--json")[1])}
    (there,) = json.loads(run("install", "--list", "--json")[1])
    assert (there["name"], there["version"]) == ("corner-shops", "1.2")
    assert set(there["scenarios"]) == {"kiosk.yaml", "stall.yaml"}


def test_a_later_version_replaces_an_earlier_one_whole(run: Run, made: Path, folder: Path) -> None:
    run("install", str(made), "--yes")
    (folder / "stall.yaml").unlink()
    (folder / "pack.yaml").write_text(ABOUT.replace("1.2", "2.0"))
    run("pack", str(folder), "--output", str(made), "--force")
    code, out, _ = run("install", str(made), "--yes")
    assert code == 0
    assert "It replaces version 1.2." in out
    ids = {each["id"] for each in json.loads(run("list", "--json")[1])}
    assert "kiosk" in ids
    assert "stall" not in ids


def test_a_removed_pack_is_gone(run: Run, made: Path) -> None:
    run("install", str(made), "--yes")
    assert run("install", "--remove", "corner-shops", "--yes")[0] == 0
    assert "kiosk" not in {each["id"] for each in json.loads(run("list", "--json")[1])}


@pytest.mark.parametrize("name", ["nobody", "..", "", "../home", ".hidden", "/etc"])
def test_only_an_installed_pack_can_be_removed(run: Run, made: Path, home: Path, name: str) -> None:
    run("install", str(made), "--yes")
    code, _, err = run("install", "--remove", name, "--yes")
    assert code == 2
    assert "There is no pack" in err
    assert len(library.pack_folders()) == 1


def test_an_id_that_somebody_else_has_is_an_error_with_both_paths(run: Run, made: Path, home: Path) -> None:
    own = home / "scenarios" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(KIOSK.replace("weight: 40", "weight: 30"))
    code, _, err = run("install", str(made), "--yes")
    assert code == 2
    assert str(own) in err
    assert str(made) in err
    assert library.pack_folders() == ()


def test_a_pack_can_be_looked_through_without_being_installed(run: Run, made: Path) -> None:
    ids = {each["id"] for each in json.loads(run("list", "--json", "--scenarios", str(made))[1])}
    assert {"kiosk", "stall"} <= ids
    assert library.pack_folders() == ()


# --- what is no pack -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "to"),
    [
        ("kiosk.yaml", KIOSK.replace("weight: 40", "weight: 41").encode(), None),
        ("kiosk.yaml", None, None),
        ("kiosk.yaml", KIOSK.encode(), "../kiosk.yaml"),
        ("kiosk.yaml", KIOSK.encode(), "/tmp/kiosk.yaml"),
        ("kiosk.yaml", KIOSK.encode(), "kiosk.py"),
        ("pack.json", b"{}", None),
        ("pack.json", b"[" * 100_000, None),
        ("pack.json", None, None),
        ("pack.json", b'{"form": 99}', None),
    ],
)
def test_a_pack_that_was_changed_is_refused_and_nothing_is_written(
    run: Run, made: Path, home: Path, name: str, data: bytes | None, to: str | None
) -> None:
    code, _, err = run("install", str(changed(made, name, data, to=to)), "--yes")
    assert code == 2
    assert any(each in err for each in ("damaged", "later version"))
    assert library.pack_folders() == ()


def test_a_file_that_unpacks_to_more_than_it_may_is_refused(run: Run, made: Path) -> None:
    code, _, err = run("install", str(changed(made, "kiosk.yaml", b"#" * (2 << 20))), "--yes")
    assert code == 2
    assert "damaged" in err


def test_a_pack_of_a_scenario_that_does_not_play_here_says_so(made: Path) -> None:
    broken = KIOSK.replace("kind: present", "kind: presnt").encode()
    manifest = json.loads(zipfile.ZipFile(made).read("pack.json"))
    manifest["scenarios"]["kiosk.yaml"]["sha256"] = hashlib.sha256(broken).hexdigest()
    first = changed(made, "kiosk.yaml", broken)
    second = changed(first.rename(made), "pack.json", json.dumps(manifest).encode())
    with pytest.raises(Failure, match="cannot be played here"):
        packs.read_pack(second)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_bytes_are_more_than_a_sentence(made: Path, data: st.DataObject) -> None:
    whole = bytearray(made.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = made.with_name("odd.fvpack")
    path.write_bytes(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    with suppress(Failure):  # or it is still a pack: not every byte of a zip counts
        packs.read_pack(path)


def test_the_guides_example_is_what_a_folder_says_of_itself(run: Run, home: Path, folder: Path) -> None:
    guide = (Path(__file__).parents[3] / "scenarios" / "README.md").read_text()
    (folder / "pack.yaml").write_text(guide.partition("```yml\n")[2].partition("```")[0])
    _, found, doubts = packs.packed(folder)
    assert found.manifest.name == "doors-2026"
    assert doubts == []
