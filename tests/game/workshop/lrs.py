"""A learning record store that answers as it is told to, for tests of what sends to one."""

from __future__ import annotations

import json
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD = "trainer", "pass:word"


class Store(ThreadingHTTPServer):
    """Keeps statements by id. What it is to answer next stands in `answers`: a status, `drop` or `never`; with none
    left it behaves as the specification says."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.kept: dict[str, Any] = {}
        self.answers: list[int | str] = []
        self.asked = 0
        self.largest = 1 << 20
        self.refuses: set[str] = set()
        """Ids it takes for faulty."""
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/xapi"


class _Handler(BaseHTTPRequestHandler):
    server: Store

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        self.server.asked += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._ready():
            return
        if len(body) > self.server.largest:
            self._say(413, "too large")
            return
        statements = json.loads(body)
        if any(each["id"] in self.server.refuses for each in statements):
            self._say(400, "result.score.scaled: greater than 1\nsecond line")
        elif any(self.server.kept.get(each["id"], each) != each for each in statements):
            self._say(409, "conflict")
        else:
            fresh = [each for each in statements if each["id"] not in self.server.kept]
            self.server.kept |= {each["id"]: each for each in statements}
            self._say(200 if fresh else 204, json.dumps([each["id"] for each in statements]) if fresh else "")

    def do_GET(self) -> None:
        if self._ready():
            (wanted,) = parse_qs(urlsplit(self.path).query)["statementId"]
            found = self.server.kept.get(wanted)
            self._say(404 if found is None else 200, json.dumps(found))

    def _ready(self) -> bool:
        """Whether nothing else is to be answered; else it is."""
        answer = self.server.answers.pop(0) if self.server.answers else 0
        if answer == "never":
            self.server.over.wait()
        elif isinstance(answer, int) and answer:
            self._say(answer, "as told")
        elif not answer:
            kind, _, pair = (self.headers["Authorization"] or "").partition(" ")
            known = kind == "Basic" and b64decode(pair).decode() == f"{USER}:{PASSWORD}"
            if known and self.headers["X-Experience-API-Version"] and urlsplit(self.path).path == "/xapi/statements":
                return True
            self._say(404 if known else 401, "who are you?")
        self.close_connection = True
        return False

    def _say(self, status: int, text: str) -> None:
        data = text.encode()
        self.send_response(status)
        if status in (301, 302, 307):
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Length", str(0 if status == 204 else len(data)))
        self.end_headers()
        if status != 204:
            self.wfile.write(data)


@contextmanager
def store() -> Iterator[Store]:
    """A store that listens, until the block ends."""
    made = Store()
    thread = threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.over.set()
        made.shutdown()
        made.server_close()
        thread.join()
