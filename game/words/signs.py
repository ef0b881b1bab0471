"""The signs that are drawn, and what stands for them where a terminal has only ASCII.

Everything is written with the signs of Unicode. A terminal that says it has none (LANG=C), the console of Linux, and an
encoding without a sign get those of the second set, each just as many cells wide. Letters stay where the terminal has
them.
"""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from typing import Final, TextIO

# fmt: off
_UNICODE: Final = "━╌●○◆▲▼✓·→←↑↓⏎…“”„‘’‚–—−±×▏▎▍▁▔⣀⣤\xa0"
_ASCII: Final = """=.*o#^vv.><^v<.\"\"\"'''---~x|||_-.: """
# fmt: on
_SIGNS: Final = dict(zip(_UNICODE, _ASCII, strict=True))
_FRAMES, _BLOCKS, _DOTS = range(0x2500, 0x2580), range(0x2580, 0x25A0), range(0x2800, 0x2900)


def sign(character: str) -> str | None:
    """The ASCII that stands for a sign; None for what is not a sign, such as a letter."""
    if character in _SIGNS:
        return _SIGNS[character]
    if ord(character) in _FRAMES:
        name = unicodedata.name(character)
        return "+" if "HORIZONTAL" in name and "VERTICAL" in name else "-" if "HORIZONTAL" in name else (
            "|" if "VERTICAL" in name else "+"
        )  # fmt: skip
    if ord(character) in _BLOCKS:
        return "#"
    return ":" if ord(character) in _DOTS else None


def in_ascii(character: str) -> str:
    """A character as ASCII of the same width: a sign's other, a letter without its accents, or a question mark."""
    found = sign(character)
    if found is None and unicodedata.combining(character):
        return ""
    if found is None:
        bare = unicodedata.normalize("NFKD", character)[0]
        found = bare if bare.isascii() else "??" if unicodedata.east_asian_width(character) in "WF" else "?"
    return found


def has_signs() -> bool:
    """Whether the terminal can be taken to draw more than ASCII, by what the environment says of it."""
    if os.environ.get("TERM") == "linux":
        return False
    kind = os.environ.get("LC_CTYPE")
    if sys.flags.utf8_mode and kind == "C.UTF-8":
        kind = None  # Python put it there, since the locale was C
    locale = os.environ.get("LC_ALL") or kind or os.environ.get("LANG")
    return locale not in ("C", "POSIX")


ENTER: Final = "⏎" if has_signs() else "Enter"
"""The key, as screens name it."""


def prepare(stream: TextIO) -> None:
    """Let a stream write what it cannot encode as ASCII; one to a terminal without signs, every sign."""
    if not hasattr(stream, "reconfigure"):  # when a test has put something else in its place
        return
    if has_signs() or not stream.isatty():
        stream.reconfigure(errors="firstvisit.ascii")
    else:
        letters = os.environ.get("TERM") == "linux" and stream.encoding.lower().replace("-", "") == "utf8"
        stream.reconfigure(encoding="ascii", errors="firstvisit.letters" if letters else "firstvisit.ascii")


def _all_ascii(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(in_ascii(each) for each in error.object[error.start : error.end]), error.end


def _letters_stay(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    written = ((sign(each) or each) for each in error.object[error.start : error.end])
    return "".join(written).encode("utf-8", "replace"), error.end


codecs.register_error("firstvisit.ascii", _all_ascii)
codecs.register_error("firstvisit.letters", _letters_stay)
