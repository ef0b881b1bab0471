"""`firstvisit host --ssh PORT`: with nothing but ssh one plays in the known screens, in a process on the host's side.

Nobody has to say who they are, as in a browser: the event's code gives a seat, and is asked for inside. So nothing but
the game can be had: no command, no other program, no files, no forwarding of ports, screens or keys.

Importing this module imports asyncssh.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import re
import signal
import struct
import sys
import tempfile
import termios
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import asyncssh

from engine.words import gettext, marked, speaking
from game.home.files import write_whole
from game.home.profile import home
from game.words.errors import Failure, SaveError, why_not

if TYPE_CHECKING:
    from game.workshop.web.serving import Place

MOST: Final = 30
"""Players at a time: each is a process of some 70 MiB."""
MOST_CONNECTIONS: Final = 200
SLOWEST: Final = 120.0
"""Seconds in which a connection must have come so far that it can play: time to compare the key with the host's."""
GRACE: Final = 2.0
"""Seconds in which a process ends by itself when its player is gone."""
_SMALLEST, _LARGEST = (20, 5), (400, 150)
"""Columns and rows that a terminal may say it has."""


def host_key() -> asyncssh.SSHKey:
    """The key by which players' programs know this machine again; made the first time. Raises `SaveError`."""
    path = home() / "ssh_host_key"
    try:
        if not path.exists():
            made = asyncssh.generate_private_key("ssh-ed25519", comment="First Visit")
            write_whole(path, made.export_private_key(), over=False, private=True)
        return asyncssh.read_private_key(path)
    except OSError as error:
        raise SaveError(f"{path} cannot be kept ({why_not(error)}).") from None
    except (asyncssh.KeyImportError, ValueError) as error:
        raise SaveError(f"{path} is not a key ({error}). Delete it, and another one is made.") from None


class _Door(asyncssh.SSHServer):
    """Lets everybody in, up to a number. What they may do is decided later; forwarding is refused unless allowed."""

    inside = 0

    def connection_made(self, connection: asyncssh.SSHServerConnection) -> None:
        _Door.inside += 1
        if _Door.inside > MOST_CONNECTIONS:
            connection.abort()

    def connection_lost(self, error: Exception | None) -> None:
        _Door.inside -= 1

    def begin_auth(self, username: str) -> bool:
        return False


class Terminals:
    """The players who have come over ssh."""

    def __init__(self, base: str, certificate: Path | None, language: Callable[[], str]) -> None:
        self._base = base
        self._certificate = certificate
        self._language = language
        """What players are told in now."""
        self._playing: dict[asyncio.Task[Any], asyncio.subprocess.Process | None] = {}
        """Who plays, and in which process once there is one."""

    async def play(self, player: asyncssh.SSHServerProcess[bytes]) -> None:
        """Let somebody play until they leave, or are gone."""
        if player.command is not None or player.subsystem is not None:
            return self._refuse(
                player, marked("Only the game can be had here. Come without a command: ssh -p PORT ADDRESS")
            )
        if not player.term_type:
            return self._refuse(player, marked("The game needs a terminal: ssh -t"))
        if len(self._playing) >= MOST:
            return self._refuse(
                player, marked("Too many play over ssh. Come with a browser, or with 'firstvisit join'.")
            )
        task = asyncio.current_task()
        assert task is not None
        self._playing[task] = None
        try:
            with tempfile.TemporaryDirectory(prefix="firstvisit-seat-") as folder:
                code = await self._played(player, Path(folder), task)
            with suppress(OSError):
                player.exit(code)
        finally:
            del self._playing[task]

    async def end(self) -> None:
        """Let every game end as when its terminal is closed, so that it leaves the player's as that was before."""
        for process in filter(None, self._playing.values()):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        if self._playing:
            await asyncio.wait(self._playing, timeout=GRACE)

    def _refuse(self, player: asyncssh.SSHServerProcess[bytes], sentence: str) -> None:
        with speaking(self._language()):
            player.stderr.write(f"{gettext(sentence)}\r\n".encode())
        player.exit(1)

    async def _played(self, player: asyncssh.SSHServerProcess[bytes], folder: Path, task: asyncio.Task[Any]) -> int:
        ours, theirs = os.openpty()
        try:
            _resize(ours, player.term_size)
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "game.workshop.host.terminals",
                self._base,
                *((str(self._certificate),) if self._certificate is not None else ()),
                stdin=theirs,
                stdout=theirs,
                stderr=theirs,
                cwd=folder,
                env=_environment(player.term_type or "", folder),
                start_new_session=True,
            )
        except BaseException:
            os.close(ours)
            raise
        finally:
            os.close(theirs)
        self._playing[task] = process
        os.set_blocking(ours, False)
        carrying = [asyncio.create_task(_show(ours, player)), asyncio.create_task(_type(ours, player))]
        try:
            await asyncio.wait(carrying, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in carrying:
                task.cancel()
            await asyncio.gather(*carrying, return_exceptions=True)
            os.close(ours)  # which its session is told as a line that hangs up
            code = await _ended(process)
        return code


async def _show(ours: int, player: asyncssh.SSHServerProcess[bytes]) -> None:
    """Carry what the game shows to the player, until it ends."""
    loop = asyncio.get_running_loop()
    while True:
        ready = asyncio.Event()
        loop.add_reader(ours, ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(ours)
        try:
            shown = os.read(ours, 65_536)
        except OSError:
            return
        player.stdout.write(shown)
        await player.stdout.drain()


async def _type(ours: int, player: asyncssh.SSHServerProcess[bytes]) -> None:
    """Carry what the player types to the game, until the player is gone."""
    while True:
        try:
            typed = await player.stdin.read(4_096)
        except asyncssh.TerminalSizeChanged as changed:
            _resize(ours, changed.term_size)
            continue
        except (asyncssh.BreakReceived, asyncssh.SignalReceived):
            continue
        if not typed:
            return
        while typed:
            try:
                typed = typed[os.write(ours, typed) :]
            except BlockingIOError:
                await asyncio.sleep(0.02)


async def _ended(process: asyncio.subprocess.Process) -> int:
    """The exit code of a process whose line has hung up; one that stays is killed."""
    try:
        async with asyncio.timeout(GRACE):
            return await process.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return await process.wait()


def _resize(ours: int, size: tuple[int, int, int, int]) -> None:
    columns, rows = (
        max(least, min(each, most)) for each, least, most in zip(size[:2], _SMALLEST, _LARGEST, strict=True)
    )
    fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _environment(terminal: str, folder: Path) -> dict[str, str]:
    """What a player's process knows of this machine: where programs are, and a folder of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if name in os.environ}
    known = terminal if re.fullmatch(r"[A-Za-z0-9.+-]{1,40}", terminal) else "xterm-256color"
    return {"PYTHONUTF8": "1", **kept, "TERM": known, "COLORTERM": "truecolor", "FIRSTVISIT_HOME": str(folder)}


@asynccontextmanager
async def terminals(place: Place, port: int, language: Callable[[], str]) -> AsyncIterator[str]:
    """Let players come over ssh at a port while the block runs, and yield the key by which this machine is known. Those
    who are sent away are told so in the `language` of that moment.

    Raises `Failure`.
    """
    import ipaddress

    from game.workshop.web.serving import url

    anywhere = ipaddress.ip_address(place.address).is_unspecified
    local = ("::1" if ":" in place.address else "127.0.0.1") if anywhere else place.address
    players, key = Terminals(url(place, local), place.certificate, language), host_key()
    settings: dict[str, Any] = {
        "server_host_keys": [key],
        "process_factory": players.play,
        "encoding": None,
        "line_editor": False,
        "agent_forwarding": False,
        "x11_forwarding": False,
        "sftp_factory": None,
        "allow_scp": False,
        "login_timeout": SLOWEST,
        "keepalive_interval": 15,
        "keepalive_count_max": 3,
    }
    try:
        acceptor = await asyncssh.create_server(_Door, place.address, port, **settings)
    except OSError as error:
        raise Failure(f"Port {port} cannot be used for ssh ({why_not(error)}). Choose another with --ssh.") from None
    async with acceptor:
        try:
            yield key.get_fingerprint()
        finally:
            await players.end()


def main(arguments: list[str]) -> int:
    """Be the game of one player, whose terminal is the standard input. Returns the exit code."""
    import resource

    from game.cli import main as game

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl+C, sizes and a line that hangs up reach this process
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 23, 1 << 23))
    base, *certificate = arguments
    return game(["join", base, *(["--cert", *certificate] if certificate else [])])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
