"""A scenario's graph as text, as Mermaid, and as a picture. What is never reached is marked in each of them."""

from game.report.graph.mermaid import as_mermaid
from game.report.graph.picture import as_svg
from game.report.graph.text import as_text

__all__ = ["as_mermaid", "as_svg", "as_text"]
