"""Starts the program many times from one process that has it imported, each time with streams of another kind.

Reads a list of `[arguments, stdin, stdout, stderr]` as JSON from stdin, and writes a list of `[exit code, what it
printed, what it said on stderr]` to stdout. Each start is a fork that sees its streams as Python shows them to a new
program, and that ends as a program does, but for modules, which are not taken apart.
"""

import atexit
import gc
import json
import os
import sys
import tempfile

import engine.debrief
import engine.replay  # noqa: F401
from engine.evidence.page import ids
from engine.scenario import check_scenario
from game.start import main


def opened(kind: str, kept: int) -> int | None:
    """A file descriptor of a kind of stream; None for a closed one."""
    match kind:
        case "closed":
            return None
        case "kept":
            return kept
        case "full":
            return os.open("/dev/full", os.O_RDWR)
        case "broken":
            reads, writes = os.pipe()
            os.close(reads)
            return writes
        case "wrong way":
            return os.open(os.devnull, os.O_WRONLY if kept < 0 else os.O_RDONLY)
    return os.open(os.devnull, os.O_RDWR)


def begin_as(arguments: list[str], kinds: list[str], kept: tuple[int, ...]) -> None:
    """Make this process look as if it had just been started."""
    ends = [opened(kind, each) for kind, each in zip(kinds, kept, strict=True)]
    high = [end if end is None else os.dup2(end, 100 + number) for number, end in enumerate(ends)]
    for number, (end, name) in enumerate(zip(high, ("stdin", "stdout", "stderr"), strict=True)):
        os.close(number)
        if end is not None:
            os.dup2(end, number)
        stream = None if end is None else os.fdopen(number, "w" if number else "r", closefd=False, encoding="utf-8")
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    sys.argv = ["firstvisit", *arguments]
    atexit.register(sys.modules.clear)  # taking them apart each time is a third of what a start costs


check_scenario(b"format: 1\nid: none\n", "none.yaml")  # what is made at the first reading is there for all
ids()
there = dict[str, object](sys.modules)
there["itself"] = there  # so that no module goes when all are forgotten
gc.freeze()  # a fork need not look at what is there already
answers = []
for arguments, *kinds in json.load(sys.stdin):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            begin_as(arguments, kinds, (-1, out.fileno(), err.fileno()))
            raise SystemExit(main())
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        answers.append([code, *(os.pread(each.fileno(), 1_000_000, 0).decode() for each in (out, err))])
json.dump(answers, sys.stdout)
