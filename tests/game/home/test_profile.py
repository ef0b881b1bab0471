"""What is remembered from one start to the next."""

import json
from pathlib import Path

import pytest

from game.home import profile
from game.home.settings import Settings, load_settings, save_settings
from game.words.errors import SaveError


def test_settings_come_back_as_they_were_saved(home: Path) -> None:
    assert load_settings() == (Settings(), "")
    chosen = Settings(cues="expert", theme="nord", live=True, tutorial_seen=True)
    save_settings(chosen)
    assert load_settings() == (chosen, "")


def test_home_is_where_the_environment_says(home: Path) -> None:
    assert profile.home() == home
    assert profile.runs_dir().parent == profile.scenarios_dir().parent == home


def test_without_a_word_from_the_environment_home_is_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FIRSTVISIT_HOME", raising=False)
    assert profile.home().name == "first-visit"


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff\xfe", b'"' * 99_999, b"[" * 60_000, b'{"cues": "expert"'])
def test_broken_settings_are_kept_aside_and_mentioned_once(home: Path, broken: bytes) -> None:
    home.mkdir()
    (home / "settings.json").write_bytes(broken)
    settings, notice = load_settings()
    assert settings == Settings()
    assert "settings.broken.json" in notice
    assert (home / "settings.broken.json").read_bytes() == broken
    assert load_settings() == (Settings(), "")


def test_a_value_that_makes_no_sense_costs_only_itself(home: Path) -> None:
    home.mkdir()
    found = {"cues": "expert", "live": "often", "theme": "\x1b[31m", "tutorial_seen": True, "hat": 3}
    (home / "settings.json").write_text(json.dumps(found), encoding="utf-8")
    assert load_settings() == (Settings(cues="expert", tutorial_seen=True), "")


@pytest.mark.parametrize("value", [[], {}, None, 3, "often"])
def test_no_value_is_too_odd(home: Path, value: object) -> None:
    home.mkdir()
    found = dict.fromkeys(("cues", "theme", "live", "tutorial_seen"), value)
    (home / "settings.json").write_text(json.dumps(found), encoding="utf-8")
    settings, notice = load_settings()
    assert (settings.cues, settings.live, notice) == ("novice", False, "")


def test_settings_that_cannot_be_saved_say_so(home: Path) -> None:
    home.write_text("a file where the folder should be")
    with pytest.raises(SaveError, match="could not be saved"):
        save_settings(Settings())
    assert load_settings()[0] == Settings()
