"""`firstvisit schema`: editors are told where the schema is, and nothing else of a file or of settings changes."""

import json
import os
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from engine.scenario.schema import schema_text
from game.commands.completing import schema_path
from tests.game.conftest import Run

LINE = f"# yaml-language-server: $schema={schema_path().as_uri()}"


def test_the_schema_is_printed_and_so_is_where_it_lies(run: Run) -> None:
    assert run("schema") == (0, schema_text(), "")
    code, out, _ = run("schema", "--path")
    assert code == 0
    assert Path(out.strip()).read_text(encoding="utf-8") == schema_text()


def test_a_file_gets_the_line_once_and_stays_what_it_is_otherwise(run: Run, kiosk_path: Path) -> None:
    was = kiosk_path.read_text()
    code, out, _ = run("schema", "--install", str(kiosk_path))
    assert code == 0
    assert "is written" in out
    assert kiosk_path.read_text() == f"{LINE}\n{was}"
    code, out, _ = run("schema", "--install", str(kiosk_path))
    assert code == 0
    assert "nothing is changed" in out
    assert kiosk_path.read_text() == f"{LINE}\n{was}"
    assert run("check", str(kiosk_path), "--no-explore")[0] == 0


def test_the_line_leads_to_the_schema_whatever_the_folder_is_called(run: Run, tmp_path: Path) -> None:
    odd = tmp_path / "my scenarios #2" / "one.yaml"
    odd.parent.mkdir()
    odd.write_text("format: 1\n")
    run("schema", "--install", str(odd))
    address = odd.read_text().split("$schema=")[1].split()[0]
    assert Path(url2pathname(urlsplit(address).path)) == schema_path()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("breaks", [b"\n", b"\r\n", b"\r"])
def test_a_mark_of_byte_order_and_line_breaks_stay(run: Run, tmp_path: Path, mark: bytes, breaks: bytes) -> None:
    path = tmp_path / "one.yaml"
    path.write_bytes(mark + breaks.join([b"format: 1", b"id: one", b""]))
    run("schema", "--install", str(path))
    assert path.read_bytes() == mark + breaks.join([LINE.encode(), b"format: 1", b"id: one", b""])


@pytest.mark.parametrize(
    "old",
    [
        "$schema=elsewhere/prospect.schema.json",
        "$schema=https://example.org/p.json # ours",
        "$schema=file:///gone",
        "$schema=http://[",
    ],
)
@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_a_line_that_leads_elsewhere_is_put_right_where_it_stands(
    run: Run, tmp_path: Path, old: str, breaks: str
) -> None:
    path = tmp_path / "one.yaml"
    path.write_bytes(breaks.join(["# mine", f"# yaml-language-server: {old}", "format: 1", ""]).encode())
    run("schema", "--install", str(path))
    assert path.read_bytes() == breaks.join(["# mine", LINE, "format: 1", ""]).encode()


def test_a_line_that_leads_to_a_copy_beside_the_file_is_left(run: Run, tmp_path: Path) -> None:
    (tmp_path / "copy.json").write_text(schema_text(), encoding="utf-8")
    path = tmp_path / "one.yaml"
    path.write_text(was := "# yaml-language-server: $schema=copy.json\nformat: 1\n")
    assert "nothing is changed" in run("schema", "--install", str(path))[1]
    assert path.read_text() == was


def test_an_empty_file_can_begin_with_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.touch()
    assert run("schema", "--install", str(path))[0] == 0
    assert path.read_text() == f"{LINE}\n"


def test_a_link_stays_a_link_and_permissions_stay(run: Run, kiosk_path: Path) -> None:
    kiosk_path.chmod(0o640)
    link = kiosk_path.with_name("link.yaml")
    link.symlink_to(kiosk_path)
    run("schema", "--install", str(link))
    assert link.is_symlink()
    assert kiosk_path.read_text().startswith(LINE)
    assert kiosk_path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "holds", "said"),
    [
        ("gone.yaml", None, "There is no file or folder"),
        ("notes.md", b"# Notes\n", "is no scenario file"),
        ("wide.yaml", "format: 1\n".encode("utf-16"), "UTF-16"),
        ("old.yaml", b"title: Caf\xe9\n", "not UTF-8"),
        ("big.yaml", b"# \n" * 400_000, "too large"),
    ],
)
def test_what_is_no_scenario_is_refused_and_stays_as_it_is(
    run: Run, tmp_path: Path, name: str, holds: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if holds is not None:
        path.write_bytes(holds)
    code, out, err = run("schema", "--install", str(path))
    assert (code, out) == (2, "")
    assert said in err
    assert (path.read_bytes() if path.exists() else None) == holds


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is read-only here")
def test_a_read_only_file_is_not_replaced(run: Run, kiosk_path: Path) -> None:
    was = kiosk_path.read_text()
    kiosk_path.chmod(0o440)
    assert run("schema", "--install", str(kiosk_path))[0] == 2
    assert kiosk_path.read_text() == was


# --- the settings of a folder ----------------------------------------------------------------------------------------

MINE = {schema_path().as_uri(): ["*.yaml", "*.yml", "!pack.yaml"]}


def installed(run: Run, folder: Path, settings: str | None) -> tuple[int, str, str]:
    """The settings after two installations, with the exit code and what was said on stderr."""
    path = folder / ".vscode" / "settings.json"
    if settings is not None:
        path.parent.mkdir()
        path.write_bytes(settings.encode())
    code, _, err = run("schema", "--install", str(folder))
    once = path.read_bytes()
    assert run("schema", "--install", str(folder))[0] == code
    assert path.read_bytes() == once, "a second time changes nothing"
    return code, once.decode(), err


@pytest.mark.parametrize("settings", [None, "", "{}", "{\n}\n", '{"yaml.schemas": {}}', '\ufeff{"a": 1}'])
def test_a_folder_has_it_in_its_settings(run: Run, tmp_path: Path, settings: str | None) -> None:
    code, now, _ = installed(run, tmp_path, settings)
    assert code == 0
    assert json.loads(now.removeprefix("\ufeff"))["yaml.schemas"] == MINE


COMMENTED = """\
// settings for all of us
{
  "editor.tabSize": 2, // not 4
  "files.exclude": {"**/*.run": true,},
  /* "yaml.schemas": {"old": []}, */
  "says": "http://example.org // no comment, \\"quoted\\",}",
}
"""


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_comments_and_other_settings_stay_as_they_are(run: Run, tmp_path: Path, breaks: str) -> None:
    was = COMMENTED.replace("\n", breaks)
    code, now, _ = installed(run, tmp_path, was)
    assert code == 0
    begin, end = now.index('"yaml.schemas"'), now.index("},") + 2
    entry = now[begin:end]
    assert json.loads(f"{{{entry.removesuffix(',')}}}")["yaml.schemas"] == MINE
    assert now.replace(f"{breaks}  {entry}", "", 1) == was


def test_other_schemas_stay_and_an_installation_that_has_moved_is_replaced(run: Run, tmp_path: Path) -> None:
    was = '{"yaml.schemas": {"https://x/ci.json": "ci.yml", "file:///gone/prospect.schema.json": ["*.yaml"]}, "a": [1]}'
    code, now, _ = installed(run, tmp_path, was)
    assert code == 0
    assert json.loads(now) == {"yaml.schemas": {"https://x/ci.json": "ci.yml"} | MINE, "a": [1]}


@pytest.mark.parametrize("settings", ["[1]", "{", "{]", '{"yaml.schemas": 3}', "[" * 100_000, '{"a" 1}', "\x00"])
def test_settings_that_cannot_be_read_are_left_and_it_says_what_to_add(run: Run, tmp_path: Path, settings: str) -> None:
    code, now, err = installed(run, tmp_path, settings)
    assert code == 2
    assert now == settings
    assert '"yaml.schemas": {"file:' in err
