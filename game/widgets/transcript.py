"""The conversation so far: who said what, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.containers import VerticalScroll
from textual.content import Content

from engine.view import Said
from game.widgets.plain import Plain


class Transcript(VerticalScroll, can_focus=False):
    """What was said, newest at the bottom. Entries are added, never redrawn."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown = 0
        self._names: Mapping[str, str] = {}

    async def show(
        self,
        said: tuple[Said, ...],
        names: Mapping[str, str],
        notes: Iterable[str] = (),
        scenes: Iterable[str] = (),
        changes: Sequence[str] = (),
    ) -> None:
        """Add what is new of a transcript, then what it changed, then the narrator's notes.

        `names` are the prospects' names by id; `scenes` open an empty page, which stays at its top.
        """
        self._names = names
        opening = not self.children and not said
        new = [] if self.children else [Plain(scene, classes="entry narrator") for scene in scenes]
        new += [self._entry(one) for one in said[self._shown :]]
        self._shown = len(said)
        if changes:
            new.append(Plain("; ".join(changes), classes="entry change"))
        new.extend(Plain(note, classes="entry note") for note in notes)
        if new:
            await self.mount_all(new)
            if self.max_scroll_y > 0:
                self.anchor()  # keeps the end in sight within the same layout, which is seen sooner
            elif not opening:
                self.call_after_refresh(self.scroll_end, animate=False)

    def on_resize(self) -> None:
        """Keep the newest words in sight when the window changes."""
        self.anchor(False)  # an anchor would push a short page down to the bottom
        if self._shown:
            self.call_after_refresh(self.scroll_end, animate=False)

    def _entry(self, one: Said) -> Plain:
        if one.who == "narrator":
            return Plain(one.text, classes="entry narrator")
        if one.who == "seller":
            return Plain(Content.assemble(("You  ", "bold"), one.text), classes="entry seller")
        name = self._names.get(one.prospect or "", "Buyer")
        manner = ("$text-muted italic", f" ({one.mood})") if one.mood else ("", "")
        return Plain(
            Content.assemble((name, "bold $accent"), (manner[1], manner[0]), "  ", one.text), classes="entry buyer"
        )
