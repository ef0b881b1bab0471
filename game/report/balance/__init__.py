"""How a scenario plays, and what one change would do, as advice: in words and figures, as text, JSON or a page."""

from game.report.balance.advice import advice
from game.report.balance.data import as_data
from game.report.balance.page import parts
from game.report.balance.played import Balance

__all__ = ["Balance", "advice", "as_data", "parts"]
