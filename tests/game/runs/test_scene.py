"""Claims about what is told before the first word."""

from __future__ import annotations

from game.runs.scene import Person, Scene, briefings


def test_each_briefing_is_told_once_with_the_name_of_whom_it_is_about() -> None:
    shared = "\nThey came in from the rain.  \n"
    people = (_person("Ines", shared), _person("Omar", " runs a bakery. "), _person("Ruth", "Ruth waits.\n"))
    assert list(briefings(Scene("A wet day", shared, people))) == [
        "They came in from the rain.",
        "Omar: runs a bakery.",
        "Ruth waits.",
    ]


def _person(name: str, briefing: str) -> Person:
    return Person(name.lower(), name, briefing, "an umbrella", 2_400, "EUR", 900, 0, "")
