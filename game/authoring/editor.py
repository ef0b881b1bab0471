"""The author's own editor, opened at a line of a file.

What to start stands in VISUAL or EDITOR, as for other programs. It is started as it is, without a shell, and the file
is one argument of its own, whatever its name holds.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from game.words.errors import Failure, why_not

_FALL_BACK: Final = ("nano", "vi", "notepad")
"""What is looked for where neither variable says anything."""

_AT: Final[Mapping[str, Callable[[str, int], list[str]]]] = {
    **dict.fromkeys(
        ("vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "joe", "jed", "kak", "mg", "micro", "ne"),
        lambda file, line: [f"+{line}", file],
    ),
    **dict.fromkeys(
        ("code", "code-insiders", "codium", "vscodium", "cursor"), lambda file, line: ["-g", f"{file}:{line}"]
    ),
    **dict.fromkeys(("subl", "zed", "hx", "helix"), lambda file, line: [f"{file}:{line}"]),
    "kate": lambda file, line: ["-l", str(line), file],
    "notepad": lambda file, line: [file],
}
"""How each editor is told a line. Any other is only told the file."""


def command(path: Path, line: int) -> list[str]:
    """What to start to edit a file at a line. Raises `Failure` if there is no editor."""
    said, name = next(
        ((os.environ[name], name) for name in ("VISUAL", "EDITOR") if os.environ.get(name, "").strip()), ("", "")
    )
    try:
        words = shlex.split(said, posix=os.name == "posix")
    except ValueError:
        raise Failure(f"{name} cannot be read: a quotation mark in it is never closed.") from None
    if not words:
        found = next((each for each in _FALL_BACK if shutil.which(each)), None)
        if found is None:
            raise Failure("No editor is set. Say which one is yours, for example with: export EDITOR=nano")
        words = [found]
    elif shutil.which(words[0]) is None:
        raise Failure(f"There is no program {words[0]!r}, which {name} names as your editor.")
    kind = Path(words[0]).name.lower().removesuffix(".exe").removesuffix(".cmd")
    kind = kind.partition(".")[0]  # vim.tiny, nvim.appimage
    file = os.path.abspath(path)  # no name of a file begins like an option then
    return [*words, *(_AT[kind](file, line) if kind in _AT else [file])]


def edit(arguments: list[str]) -> None:
    """Start the editor, and wait until it ends. Raises `Failure` if it cannot be started, or ends badly."""
    held = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl+C is the editor's, and must not end this program too
    try:
        code = subprocess.run(arguments, check=False).returncode
    except OSError as error:
        raise Failure(f"{arguments[0]!r} cannot be started ({why_not(error)}).") from None
    finally:
        signal.signal(signal.SIGINT, held)
    if code:
        raise Failure(f"{arguments[0]!r} ended with exit code {code}.")
