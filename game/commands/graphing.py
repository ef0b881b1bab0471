"""`firstvisit graph`: a scenario's stages, lines and endings, with what is never reached."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Final

from game.report.output import deliver, must_be_writable
from game.shelf import library
from game.shelf.loading import loaded
from game.text.wrapping import width
from game.words.errors import FINE, Failure

_BY_NAME: Final = {".svg": "svg", ".mmd": "mermaid", ".mermaid": "mermaid", ".txt": "text", "": "text"}


def graph(options: Namespace) -> int:
    """Print the graph, or write it. Raises `Failure`."""
    from engine.authoring.graph import graphs
    from game.computing.exploring import explored
    from game.report.graph import as_mermaid, as_svg, as_text

    output: Path | None = options.output
    if output is not None:
        if options.format is None and output.suffix not in _BY_NAME:
            named = ", ".join(name for name in _BY_NAME if name)
            raise Failure(f"A graph is not written as {output.suffix}. By the name of its file it is one of: {named}.")
        must_be_writable(output)
    scenario = loaded(library.find(options.scenario, options.scenarios), "drawn")
    found = graphs(scenario, explored(scenario, 0, options.plays)[0])
    form = options.format or _BY_NAME[output.suffix if output is not None else ""]
    if form == "svg":
        text = as_svg(scenario.title, found)
    elif form == "mermaid":
        text = "".join(f"{line}\n" for line in as_mermaid(scenario.title, found))
    else:
        columns = width() if output is None else 100
        text = "".join(f"{line}\n" for line in as_text(scenario.title, found, columns))
    deliver(text, output)
    return FINE
