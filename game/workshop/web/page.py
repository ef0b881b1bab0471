"""The pages for browsers: their files, and what they say themselves; all else comes to them in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from engine.words import ENGLISH, gettext, known, marked, speaking

_KINDS: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SAID: Final = (
    marked("Join"),
    marked("Code"),
    marked("Name on the board"),
    marked("Leave it empty, and one is drawn for you. Nothing else about you is kept."),
    marked("Team"),
    marked("Take a seat"),
    marked("You had a seat already?"),
    marked(
        "On the device you played with, this page finds it by itself. On another one, ask the host for a recovery code."
    ),
    marked("Recovery code"),
    marked("Take my seat again"),
    marked("The buyer before"),
    marked("The ranking"),
    marked("Your sales"),
    marked("My name may stand with my run, if it is the strong one that everybody is shown."),
    marked("Without that it has no name. You can change it at any time."),
    marked("Briefing"),
    marked("How the conversation stands"),
    marked("The conversation"),
    marked("What the last move changed"),
    marked("What you know"),
    marked("What you could say or do"),
    marked("Leave this seat"),
    marked("The host gave no answer that makes sense."),
    marked("The host cannot be reached. Trying again; nothing is lost."),
    marked("What is played here is kept for {days} days, then deleted. The host can delete it earlier."),
    marked("Leave this seat on this device? To come back you need a recovery code from the host."),
    marked("{question} Go on?"),
    marked("{name} (you)"),
    marked("One moment ..."),
    marked("Round {round}, buyer {buyer}."),
    marked("To meet this buyer again at home"),
    marked("The host cannot be reached. Close this and open it again."),
    marked("Buyer {number}"),
    marked("{time} left"),
    marked("whole line"),
    marked("broken line"),
    marked("dotted line"),
    marked("What is shown"),
    marked("QR code of the address"),
    marked("Join with any browser:"),
    marked("or in a terminal:"),
    marked("This address has no token, or an old one. Open the board's address again, as the host's screen shows it."),
    marked("The host cannot be reached. The board goes on as soon as it can."),
    marked("{title}: board"),
    marked("Round {round} of {rounds}: {title}"),
    marked("Round {round} of {rounds} comes next: {title}"),
    marked("The last round has ended"),
    marked("{seats} here, {playing} playing, {done} done"),
    marked("{seats} here"),
    marked("Join: {address}  Code: {code}"),
    marked("Seal: {seal}"),
    marked("Ranking"),
    marked("Class debrief, round {round}"),
    marked("Teams"),
    marked("players"),
    marked("Players"),
    marked("team"),
    marked("Computer players with these very buyers"),
    marked("place"),
    marked("name"),
    marked("earned"),
    marked("first-visit closes"),
    marked("conduct"),
    marked("sales over"),
)
"""What the players' page and the board say themselves, in English."""


def page_words(language: str) -> Mapping[str, str]:
    """What the pages say, by the English sentence; nothing where it is that."""
    if known(language) == ENGLISH:
        return {}
    with speaking(language):
        return {sentence: gettext(sentence) for sentence in SAID}


@cache
def page_files() -> dict[str, tuple[bytes, str]]:
    """Return the files for browsers and what each is, by their names."""
    folder = files("game.workshop.web") / "static"
    if not folder.is_dir():
        return {}
    kinds = {each.name: _KINDS.get(f".{each.name.rpartition('.')[2]}") for each in folder.iterdir()}
    return {name: ((folder / name).read_bytes(), kind) for name, kind in kinds.items() if kind is not None}
