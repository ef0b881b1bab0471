"""The keys of a screen in its last line, each to be clicked as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Footer

from engine.words import gettext
from game.text.wrapping import cells

HELP: Final = "screen.help"
"""What the key to help does."""


class Shown(NamedTuple):
    """What a key looks like, and what it does."""

    key: str
    name: str
    what: str
    enabled: bool
    tooltip: str

    @property
    def text(self) -> str:
        """As it stands in the line."""
        return f"{self.name} {self.what}".rstrip()

    @property
    def alone(self) -> Shown:
        """The first key that does it, without a word."""
        return self._replace(name=self.name.partition(" ")[0], what="")


class Key(Widget):
    """One key. Like a choice, it acts when it was pressed and released on the same one."""

    ALLOW_SELECT = False

    def __init__(self, shown: Shown) -> None:
        super().__init__(classes="" if shown.enabled else "-disabled")
        self.set_reactive(Widget.shrink, False)
        self.shown = shown
        if shown.tooltip:
            self.tooltip = shown.tooltip

    def render(self) -> Content:
        what = self.shown.text.removeprefix(self.shown.name)
        return Content.assemble(
            (self.shown.name, "bold $footer-key-foreground"), (what, "$footer-description-foreground")
        )

    def on_click(self) -> None:
        """Act as if the key had been pressed."""
        if self.shown.enabled:
            self.app.simulate_key(self.shown.key)
        else:
            self.app.bell()


class Keys(Footer):
    """The keys that act here; in a window too narrow for all their words, the key to help, which says what the others
    do, has none. They are drawn anew only when they are others: the library would do so whenever the focus
    moves, and to style a key takes longer than all else that a move changes."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)
        self._drawn: tuple[Shown, ...] = ()

    def compose(self) -> Iterator[Widget]:
        yield from map(Key, self._drawn)

    def on_resize(self) -> None:
        """There may be room for other words."""
        self.refresh(recompose=True)

    async def recompose(self) -> None:
        """Draw the keys that act now, if others did before."""
        if not self.is_attached:
            return
        keys: dict[str, Shown] = {}
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if binding.show:
                name = self.app.get_key_display(binding)
                what, more = (gettext(text) if text else "" for text in (binding.description, tooltip))
                keys.setdefault(binding.action, Shown(binding.key, name, what, enabled, more))
        if sum(cells(each.text) + 1 for each in keys.values()) >= self.app.size.width and HELP in keys:
            keys[HELP] = keys[HELP].alone
        now = tuple(keys.values())
        if now != self._drawn:
            self._drawn = now
            await super().recompose()
