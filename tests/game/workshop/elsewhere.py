"""An event that is served elsewhere: in a thread of its own, as on another machine."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

from game.workshop.log.plan import Event, RoundPlan
from tests.game.workshop.halls import SCENARIO, event
from tests.game.workshop.served import Service, begun, service


class Elsewhere:
    """A served event in a thread of its own, as on another machine."""

    def __init__(self, folder: Path, planned: Event | None = None, **how: Any) -> None:
        self._folder, self._how = folder, how
        self._planned = planned or event(RoundPlan(SCENARIO, buyers=2))
        self._ready, self._stop = threading.Event(), threading.Event()
        self.service: Service
        self.loop: asyncio.AbstractEventLoop
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self._thread.start()
        self._ready.wait(30)

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        store = begun(self._folder / "event.db", self._planned)
        async with service(store, **self._how) as self.service:
            self._ready.set()
            await asyncio.to_thread(self._stop.wait)

    def do(self, act: Any) -> None:
        asyncio.run_coroutine_threadsafe(self.service.hall.do(act), self.loop).result(10)

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()
