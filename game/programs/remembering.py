"""A program with screens that remembers how the player likes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict, Unpack

from textual import events

from engine.record import CUES
from engine.words import gettext, speak
from game.home.settings import language, load_settings, save_settings
from game.programs.saying import Saying
from game.words.errors import SaveError
from game.words.wording import CUE_NAMES

if TYPE_CHECKING:
    from engine.view import Cues


class Changes(TypedDict, total=False):
    """Settings that can change while the program runs."""

    cues: Cues
    live: bool
    theme: str
    tutorial_seen: bool
    language: str


class Remembering(Saying):
    """A program whose player sets how much of the buyer shows, whether thinking costs patience, the colours, and the
    language. `cues` and `live` stand for this start only; what is changed with the keys is kept for the next one.
    """

    def __init__(self, cues: Cues | None = None, live: bool | None = None) -> None:
        super().__init__()
        self._kept, self._notice = load_settings()
        self.settings = replace(
            self._kept,
            cues=self._kept.cues if cues is None else cues,
            live=self._kept.live if live is None else live,
            language=language(self._kept),
        )
        speak(self.settings.language)

    def remember_from_now_on(self) -> None:
        """Take the remembered colours, and remember others that are taken. Called once the program is mounted."""
        self.take_over(self.settings.theme)
        self.theme_changed_signal.subscribe(self, lambda theme: self.remember(theme=theme.name))
        if self._notice:
            self.say(self._notice, warning=True)

    def remember(self, **changes: Unpack[Changes]) -> None:
        """Change settings, and keep what was changed for the next start. A failure to save is only reported."""
        self.settings = replace(self.settings, **changes)
        kept = replace(self._kept, **changes)
        if kept != self._kept:
            self._kept = kept
            try:
                save_settings(kept)
            except SaveError as error:
                self.say(str(error), warning=True)

    def action_cues(self) -> None:
        """Take the next cue level."""
        self.set_cues(CUES[(CUES.index(self.settings.cues) + 1) % len(CUES)])

    def set_cues(self, cues: Cues) -> None:
        """Set how much of the buyer shows, from the next run on."""
        self.remember(cues=cues)
        self._settings_changed(gettext("Cues: {cues}, from the next run on").format(cues=gettext(CUE_NAMES[cues])))

    def action_live(self) -> None:
        """Turn the live clock on or off, from the next run on."""
        self.remember(live=not self.settings.live)
        live = gettext("Live clock on: thinking costs patience, from the next run on")
        self._settings_changed(live if self.settings.live else gettext("Untimed, from the next run on"))

    def set_language(self, language: str) -> None:
        """Set what the player reads outside of runs, which are in the language of their scenario."""
        self.remember(language=language)
        self.screen_stack[0].post_message(events.ScreenResume())

    def _settings_changed(self, text: str) -> None:
        update = getattr(self.screen, "settings_changed", None)
        if update is not None:
            update()
        else:
            self.say(text)
