"""What a move does: the buyer, the decision, contact, commitments, rivals, and the table of constants."""

from engine.rules.moves import Move, chance, legal, start, step
from engine.rules.tables import Rules, prepare

RULES_VERSION = 2
"""Raised whenever the same moves could lead to other states or scores."""

__all__ = ["RULES_VERSION", "Move", "Rules", "chance", "legal", "prepare", "start", "step"]
