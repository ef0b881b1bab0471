"""`firstvisit lsp`: started by an editor, which it talks to over standard input and output."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from game.text.telling import tell
from game.words.errors import FINE
from game.words.extras import editor_server_must_be_installed


def serve(options: Namespace) -> int:
    """Answer an editor until it leaves. Raises `Failure` if what that needs is not installed."""
    editor_server_must_be_installed()
    from game.lsp.server import made

    if sys.stdin.isatty():
        tell("This is for editors, which start it themselves: see 'In your editor' in the author's guide. Ctrl+C ends.")
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")  # the server closes what it writes to when the editor leaves
    made().start_io(stdout=out)
    return FINE
