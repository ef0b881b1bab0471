"""Playing with nothing but ssh: the game is all that can be had, and its process goes when the player does."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from game.workshop.host import terminals as module
from game.workshop.host.terminals import host_key, terminals
from game.workshop.log.plan import Event
from game.workshop.web.serving import Place
from tests.game.workshop.served import CODE, Service, begun, service


@asynccontextmanager
async def reached(
    folder: Path, planned: Event | None = None
) -> AsyncIterator[tuple[Service, asyncssh.SSHClientConnection]]:
    """A served event, and somebody who has come to it over ssh."""
    async with service(begun(folder / "event.db", planned)) as hall:
        place = Place("127.0.0.1", int(hall.base.rpartition(":")[2]))
        port = _free()
        async with terminals(place, port, lambda: hall.hall.room.language):
            known = asyncssh.import_known_hosts(f"[127.0.0.1]:{port} {host_key().export_public_key().decode()}")
            options: dict[str, Any] = {"username": "anybody", "client_keys": None, "config": None, "agent_path": None}
            async with asyncssh.connect("127.0.0.1", port, known_hosts=known, **options) as connection:
                yield hall, connection


def _free() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def until(player: asyncssh.SSHClientProcess[str], text: str) -> str:
    """What is shown until a text is among it."""
    shown = ""
    async with asyncio.timeout(120):
        while text not in shown:
            some = await player.stdout.read(65_536)
            assert some, shown
            shown += some
    return shown


async def test_a_player_takes_a_seat_inside_plays_resizes_and_is_gone_when_the_line_is(folder: Path) -> None:
    async with reached(folder) as (hall, connection):
        player = await connection.create_process(term_type="xterm-256color", term_size=(100, 30))
        await until(player, "The code that the host shows")
        player.stdin.write(f"{CODE}\n")
        await until(player, "What do you want to be called")
        player.stdin.write("Ann\n")
        await until(player, "An evening of doors")
        assert dict(hall.hall.names) == {1: "Ann"}
        await hall.open()
        await until(player, "Saturday")
        player.change_terminal_size(60, 20)
        await until(player, "\x1b[")  # it is drawn anew
        (process,) = _players()
        connection.abort()
        while os.path.exists(f"/proc/{process}") and process in _players():
            await asyncio.sleep(0.05)


def _players() -> list[int]:
    """The processes of players that this process has begun."""
    me = os.getpid()
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                command = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if parent == me and b"game.workshop.host.terminals" in command:
                found.append(int(folder.name))
    return found


async def test_a_host_that_stops_leaves_the_player_s_terminal_as_it_was(folder: Path) -> None:
    async with service(begun(folder / "event.db")) as hall:
        place = Place("127.0.0.1", int(hall.base.rpartition(":")[2]))
        port = _free()
        async with terminals(place, port, lambda: "en"):
            connection = await asyncssh.connect("127.0.0.1", port, known_hosts=None, username="anybody", config=None)
            player = await connection.create_process(term_type="xterm-256color", term_size=(100, 30))
            await until(player, "The code that the host shows")
            player.stdin.write(f"{CODE}\n\n")
            shown = await until(player, "An evening of doors")
            assert "\x1b[?1049h" in shown
        assert "\x1b[?1049l" in await player.stdout.read()
        connection.abort()


def test_there_is_time_to_compare_the_key_before_one_agrees_to_it() -> None:
    assert module.SLOWEST >= 60


async def test_nothing_but_the_game_can_be_had(folder: Path) -> None:
    async with reached(folder) as (_, connection):
        for found in (
            await connection.run("id", term_type="xterm"),
            await connection.run(subsystem="netconf", term_type="xterm"),
        ):
            assert (found.exit_status, "Only the game" in str(found.stderr)) == (1, True)
        with pytest.raises(asyncssh.Error):
            await connection.start_sftp_client()
        with pytest.raises(asyncssh.Error):
            await connection.open_connection("127.0.0.1", 80)
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.forward_remote_port("127.0.0.1", 0, "127.0.0.1", 80)
        found = await connection.run()
        assert (found.exit_status, "needs a terminal" in str(found.stderr)) == (1, True)
        assert _players() == []


async def test_who_finds_it_full_is_told_another_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 0)
    async with reached(folder) as (_, connection):
        found = await connection.run(term_type="xterm")
        assert "with a browser" in str(found.stderr)


def test_the_key_is_kept_where_only_its_user_can_read_it_and_stays_the_same() -> None:
    from game.home.profile import home

    first, again = host_key(), host_key()
    assert first.get_fingerprint() == again.get_fingerprint()
    assert (home() / "ssh_host_key").stat().st_mode & 0o777 == 0o600


def test_a_player_s_process_learns_nothing_that_it_need_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PGPASSWORD", "secret")
    found = module._environment("xterm\n; rm", tmp_path)
    assert "PGPASSWORD" not in found
    assert (found["TERM"], found["FIRSTVISIT_HOME"]) == ("xterm-256color", str(tmp_path))
