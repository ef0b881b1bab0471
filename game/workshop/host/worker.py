"""Serving an event together with others, from the same database: nothing is decided here, so little is said."""

from __future__ import annotations

import asyncio
from typing import TextIO

from engine.words import gettext, speak
from game.words.errors import FINE
from game.words.visible import visible
from game.workshop.hall.writer import BEHIND, Hall
from game.workshop.host.news import stopped, time_text, told_of


async def work(hall: Hall, address: str, out: TextIO) -> int:
    """Serve until somebody says stop. Returns the exit code."""
    from game.workshop.web.serving import told_to_stop

    def say(text: str) -> None:
        out.write(f"{visible(text)}\n")
        out.flush()

    stop = asyncio.Event()
    told_to_stop(stop)
    speak(hall.room.language)
    served = gettext("{title}: served at {address} from {file}")
    say(served.format(title=hall.room.event.title, address=address, file=hall.store.name))
    say(gettext("Its host opens the rounds and makes the boards. Ctrl+C stops this worker, and the others go on."))
    trouble = ""
    while not stop.is_set():
        if hall.deleted:
            say(*stopped(hall.room, deleted=True))
            break
        if hall.trouble != trouble:
            trouble = hall.trouble
            say(f"{time_text(hall.clock())}  {told_of(trouble)}")
        try:
            async with asyncio.timeout(BEHIND):
                await stop.wait()
        except TimeoutError:
            continue
    return FINE
