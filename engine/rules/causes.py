"""Why a line moved a buyer, in plain words, by its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CAUSES: Final[Mapping[str, str]] = {
    "small-talk": "a friendly word",
    "open-question": "a question that was listened to",
    "closed-question": "a quick question",
    "implication": "thinking through what the need costs",
    "listen": "being heard",
    "present": "hearing what it does",
    "demonstrate": "seeing it",
    "story": "a story",
    "proof": "proof that can be checked",
    "claim": "a claim with nothing behind it",
    "concede": "an honest concession",
    "quote": "a plain price",
    "discount": "a price that moves",
    "urgency": "a hurry that is yours, not theirs",
    "isolate": "being asked what lies behind it",
    "answer": "an answer",
    "confirm": "making sure",
    "bring-in": "being asked who else should be there",
    "ask-for-decision": "being asked to decide",
    "press": "being pushed",
    "propose-dated-step": "a date to look forward to",
    "vague-follow-up": "being let off",
    "invite-no": "being free to say no",
    "take-no": "a no taken well",
    "leave": "being left in peace",
    "call": "your call",
    "touch": "something useful from you",
    "check-in": "a message with nothing in it",
    "task": "other work",
}
