"""The rules of a scenario as a program of its own, written for it: for simulations that make moves by the million.

`machine(rules)` gives the same legal moves, odds and states as `engine.rules`, without the events. The interpreter
stays the readable definition of the rules; tests hold this package to it, move by move. The program can be read at
`Machine.source`. Only whole numbers and names made of fixed words and numbers reach it: what an author wrote is handed
over as data.
"""

from engine.generated.machine import Choice, Machine, machine
from engine.generated.run import Run

__all__ = ["Choice", "Machine", "Run", "machine"]
