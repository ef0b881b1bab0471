"""What people need to come to an event."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Invitation:
    """How to come to an event, and where its board is."""

    addresses: tuple[str, ...]
    """What to type into a browser, best first."""
    code: str
    board: str
    """The address of the projector's page, with its token."""
    ssh: str = ""
    """What to type where there is nothing but ssh, and by which key this machine is known then."""

    @property
    def to_join(self) -> str:
        """What to type behind `firstvisit join`: the whole address, but for what is taken for granted there."""
        first = self.addresses[0]
        return first.removeprefix("http://") if urlsplit(first).port is not None else first
