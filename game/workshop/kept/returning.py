"""How an event was served last, kept beside it: whoever resumes it without saying where is found where they were."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from game.home.files import write_whole

ENDING: Final = ".served.json"


@dataclass(frozen=True, slots=True)
class _Way:
    """What the options say of it, by their names."""

    lan: bool
    bind: str | None
    without_tls: bool
    cert: Path | None
    key: Path | None
    port: int
    ssh: int | None
    name: list[str] | None


_TOGETHER: Final = (("lan", "bind", "without_tls"), ("cert", "key"), ("port",), ("ssh",), ("name",))
"""Who says one of several anew has said all of them."""
_WAY: Final = TypeAdapter(_Way)


def keep(event: Path, options: Namespace, port: int) -> None:
    """Keep how an event is served from now on, beside its file; if that fails, it has to be said again."""
    cert, key = (each.absolute() if each is not None else None for each in (options.cert, options.key))
    said = {each.name: getattr(options, each.name) for each in fields(_Way)}
    way = _Way(**{**said, "port": port, "cert": cert, "key": key})
    with suppress(OSError):
        write_whole(event.with_suffix(ENDING), _WAY.dump_json(way), over=True)


def as_before(event: Path, options: Namespace) -> Namespace:
    """The options, with what they leave out as it was when the event was served last, if that is known."""
    try:
        before = asdict(_WAY.validate_json(event.with_suffix(ENDING).read_bytes()))
    except (OSError, ValueError):
        return options
    found = dict(vars(options))
    for names in _TOGETHER:
        if all(found[each] is None or found[each] is False for each in names):
            found |= {each: before[each] for each in names}
    return Namespace(**found)
