"""The conversation so far: who said what, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from engine.view import Said
from engine.words import gettext
from game.widgets.plain import Plain


class Transcript(VerticalScroll, can_focus=False):
    """What was said, newest at the bottom. Entries are added, never redrawn.

    What was said last is in sight from its beginning: where it is longer than the space, the rest is scrolled to. On a
    page that opens with what was said before, that is what the last move brought.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown = 0
        self._names: Mapping[str, str] = {}
        self._newest: Sequence[Widget] = ()

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
        new = [] if self.children else [Plain(scene, classes="entry narrator") for scene in scenes]
        spoken = [self._entry(one) for one in said[self._shown :]]
        last = len(new) + _last_move(said[self._shown :]) if not self.children else 0
        new += spoken
        self._shown = len(said)
        if changes:
            new.append(Plain("; ".join(changes), classes="entry change"))
        new.extend(Plain(note, classes="entry note") for note in notes)
        if new:
            self._newest = new[last:] if spoken else [*self._newest, *new]
            await self.mount_all(new)
            if self.max_scroll_y > 0:
                self.anchor()  # keeps the end in sight within the same layout, which is seen sooner
            self.call_after_refresh(self.keep_in_sight)

    async def clear(self) -> None:
        """Begin with an empty page again."""
        await self.remove_children()
        self._shown, self._newest = 0, ()

    @property
    def answer_height(self) -> int:
        """The rows of what came of the last move: the buyer's words, what they changed, and the narrator's notes."""
        answer = self._answer
        return self._newest[-1].virtual_region.bottom - answer.virtual_region.y if answer is not None else 0

    @property
    def lacking(self) -> int:
        """The rows by which that is longer than the space."""
        return max(0, self.answer_height - self.size.height)

    @property
    def _answer(self) -> Widget | None:
        """Where it begins; what the seller said last, where nobody answered."""
        first = next(iter(self._newest), None)
        return next((entry for entry in self._newest if not entry.has_class("seller")), first)

    def on_resize(self) -> None:
        """Keep the newest words in sight when the window changes."""
        self.call_after_refresh(self.keep_in_sight)

    def keep_in_sight(self) -> None:
        """Scroll to the end, but not past the beginning of the answer to the last move."""
        answer = self._answer
        if answer is None or not self.is_attached:
            return
        self.anchor(False)  # an anchor would push a short page down to the bottom
        whole = self._newest[-1].virtual_region.bottom - self._newest[0].virtual_region.y <= self.size.height
        first = self._newest[0] if whole else answer
        self.scroll_to(y=min(self.max_scroll_y, first.virtual_region.y), animate=False, immediate=True)

    def _entry(self, one: Said) -> Plain:
        if one.who == "narrator":
            return Plain(one.text, classes="entry narrator")
        if one.who == "seller":
            return Plain(Content.assemble((f"{gettext('You')}  ", "bold"), one.text), classes="entry seller")
        name = one.by or self._names.get(one.prospect or "") or gettext("Buyer")
        manner = ("$text-muted italic", f" ({gettext(one.mood)})") if one.mood else ("", "")
        return Plain(
            Content.assemble((name, "bold $accent"), (manner[1], manner[0]), "  ", one.text), classes="entry buyer"
        )


def _last_move(said: Sequence[Said]) -> int:
    """Where the last thing that the seller said or did begins among these; 0 where nothing was."""
    return next((at for at in reversed(range(len(said))) if said[at].who == "seller"), 0)
