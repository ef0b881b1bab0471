"""The keys of a screen in its last line, each to be clicked as well."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey  # what a footer is made of has no public name

from engine.words import gettext


class Key(FooterKey):
    """One key. Like a choice, it acts when it was pressed and released on the same one; the library's own acts at the
    press."""

    def on_mouse_down(self, event: events.MouseDown) -> None:  # type: ignore[override]  # given to whoever takes it
        """Wait for the release."""
        event.prevent_default()

    def on_click(self) -> None:
        """Act as if the key had been pressed."""
        if self.has_class("-disabled"):
            self.app.bell()
        else:
            self.app.simulate_key(self.key)


class Keys(Footer):
    """The keys that act here."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)

    def compose(self) -> Iterator[Widget]:
        for each in super().compose():
            if isinstance(each, FooterKey):
                key = Key(
                    each.key,
                    each.key_display,
                    gettext(each.description) if each.description else "",
                    each.action,
                    disabled=each.has_class("-disabled"),
                    tooltip=gettext(str(each.tooltip)) if each.tooltip else "",
                )
                yield key.data_bind(compact=Footer.compact)
            else:
                yield each
