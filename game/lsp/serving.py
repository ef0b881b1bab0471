"""`firstvisit lsp`: started by an editor, which it talks to over standard input and output."""

from __future__ import annotations

import sys
from argparse import Namespace
from importlib.util import find_spec

from game.cli import tell
from game.errors import FINE, Failure
from game.extras import install


def serve(options: Namespace) -> int:
    """Answer an editor until it leaves. Raises `Failure` if what that needs is not installed."""
    if find_spec("pygls") is None:
        raise Failure(f"Editors need a little more (pygls). Install it with: {install('lsp')}")
    from game.lsp.server import made

    if sys.stdin.isatty():
        tell("This is for editors, which start it themselves: see 'In your editor' in the author's guide. Ctrl+C ends.")
    made().start_io()
    return FINE
