"""Words of the bundled scenarios that only make sense once the buyer has told something, and whose names they are.

A scenario of several prospects has a table for each, as `scenario/prospect`.
"""

from __future__ import annotations

from typing import Final

TOLD: Final[dict[str, dict[str, set[str]]]] = {
    "first-five-minutes": {
        r"twenty seconds|leave the queue|into the street": {"queue"},
        r"thirty (heads|readers)|\breaders\b|a quiet room": {"quiet"},
        r"\bSaturday\b": {"saturday"},
        r"\bsix hundred\b": {"savings"},
    },
    "friday-pipeline/bram": {
        r"[Ee]leven hundred|toast is not": {"thrown-out"},
        r"four degrees every": {"clipboards"},
        r"it's a toy|[Cc]heaper toy|called it a toy": {"lost-fight"},
        r"in carrots|lot of carrots": {"price"},
        r"in the soup\. I've enough": {"hassle"},
    },
    "friday-pipeline/ines": {
        r"[Ff]orty trays|supermarket|two brides": {"breaker"},
        r"slippers|wake at three": {"nights"},
        r"stop Rui laughing|and he laughed": {"lost-fight"},
        r"two hundred a month|ashamed": {"price"},
        r"man with a drill": {"hassle"},
    },
    "friday-pipeline/katja": {
        r"[Ff]orty hours": {"sundays"},
        r"other people's vans|photos of brown": {"claims"},
        r"took it apart|lose your argument|should have said claims": {"lost-fight"},
        r"beg for the rest": {"price"},
        r"growers' auction|men ill": {"hassle"},
    },
    "friday-pipeline/yusuf": {
        r"coffee ring|got a letter|[Ss]econd letter|page missing the next": {"inspection"},
        r"\bthe ninth\b|[Ff]lu (vaccines|weeks)": {"vaccines"},
        r"responsible person are enough": {"lost-fight"},
        r"learnt the new till": {"hassle"},
    },
    "long-audition": {
        r"\beleven (empty )?chairs|two hundred (people|waiting)": {"empty-chairs"},
        r"group chat": {"swaps"},
        r"flu season|nine days|two (resignations|of mine left|nurses left)": {"burnt"},
        r"\bthe agency bill|agency hours": {"agency"},
        r"the hospital would|nearly free": {"hospital-offer"},
        r"she goes\b|to her people again": {"nursing-burnt"},
        r"a slide and not a number": {"finance-doubt"},
        r"\bI chose the last one|my name's on it": {"own-name"},
        r"talk of joining|on the island": {"three-years"},
        r"a hundred and forty in the plan": {"price"},
    },
    "pricing-form": {
        r"\bthe eighth\b|forty children|keys of the room": {"keys"},
        r"\bshins?\b|physiotherapist|ice packs": {"shins"},
        r"\baccountant": {"downstairs"},
        r"\bcouncil\b|\bgrant\b": {"grant"},
        r"\bfifteen (thousand|now)|Fifteen (thousand|now)|thousand short": {"price"},
        r"wrote to three|I asked some others|of the others rang": {"three-forms"},
        r"before we fall in love": {"asked-boss"},
        r"with the mirrors|for the mirrors|[Mm]irror people": {"last-builders"},
    },
    "roof-before-the-rain": {
        r"\bcot\b|the ring\b": {"cot"},
        r"[Ii]nsurer|[Ss]ection four|Friday noon": {"friday"},
        r"clean van|half up front|[Nn]ext door (paid|couldn't)|man next door": {
            "cheated",
            "once-burnt",
        },
        r"night freight|drives? nights|nights in seven": {"nights"},
        r"boiler|twelve put aside": {"savings"},
        r"Moncton|in three years": {"moving"},
        r"\blowest\b": {"lowest-price"},
        r"[Ff]igure at the bottom": {"cheapest"},
        r"haven't (really )?talked|Not with three of us": {"between-us"},
    },
    "saturday-showroom": {
        r"[Mm]y mother\b|[Yy]our mother\b": {"mother"},
        r"\bcooker\b": {"wrong-one"},
        r"tennis ball|[Ww]ithout the ball": {"garage"},
        r"brother-in-law|last bus stop|your hill\b": {"hill"},
        r"[Bb]oosters?\b|three seats\b|[Tt]hree in a row": {"boosters"},
        r"four hours": {"long-morning"},
        r"failed its (test|inspection)": {"test-failed"},
        r"judge, though|old car to get rid of": {"fair", "old-car"},
    },
}
"""For each scenario: words, and the facts of which one must have been told before the seller, or by the time the buyer,
says them. A buyer who says them tells the fact, so it has to be known from then on."""

NAMES: Final[dict[str, dict[str, str]]] = {
    "long-audition": {},
    "pricing-form": {"Marguerite": r"owns|owner|'s studio|small woman"},
    "roof-before-the-rain": {"Tanaka|Prentice": r"Tanaka on Thursday"},
}
"""For each scenario: somebody whom the briefing does not name, and the words that introduce them, of which some must be
in the first remark that names them."""
