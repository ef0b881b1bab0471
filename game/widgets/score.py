"""The scorecard as text: two headlines, then every term with its formula and its cause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.words import gettext
from game.widgets.plain import Hanging, Plain
from game.words.wording import capital, term_text

if TYPE_CHECKING:
    from engine.score import Headline, Scorecard
    from engine.term import Term


def headline(found: Headline) -> Plain:
    """One of the two headlines. A warning is a word, not a colour."""
    mark = Content.styled(f"{gettext('warning')}  ", "bold $error") if found.warning else Content("")
    return Plain(
        Content.assemble(
            (capital(found.name), "$text-muted"),
            "\n",
            (found.value, "bold $accent"),
            "  ",
            mark,
            "\n",
            found.meaning,
        ),
        classes="headline",
    )


def terms(card: Scorecard, currency: str) -> Iterator[Plain]:
    """Every term, result and conduct apart."""
    for heading, rows in ((gettext("Result"), card.result), (gettext("Conduct"), card.conduct)):
        yield Plain(heading, classes="heading")
        for term in rows:
            yield _term(term, currency)


def _term(term: Term, currency: str) -> Plain:
    body = [Content.styled(capital(term.name), "bold")]
    if term.formula:
        body.append(Content.styled(f"= {term.formula}", "$text-muted"))
    if term.cause:
        body.append(Content(term.cause))
    value = Content.styled(f"{term_text(term, currency):>14}", "bold")
    return Plain(Hanging(Content(""), Content("\n").join(body), lead_width=1, tail=value), classes="term")
