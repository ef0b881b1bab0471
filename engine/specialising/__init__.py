"""Functions made faster by what is known beforehand.

A rule asks the same questions of a line at every move: is it a question, does it reveal anything, does anybody listen?
For one line the answers never change. `Specialiser` reads the source of a function, takes some of its arguments as
known, and leaves only what depends on the others: tests of what is known are decided, loops over what is known are
unrolled, calls are unfolded. What is left does the same, in the same order. No rule stands here: the functions
themselves remain the only statement of what happens (partial evaluation; Jones, Gomard & Sestoft 1993).

It reads plain functions of this package: assignments, `if`, `for`, `while`, `return`, expressions. It takes for granted
that known objects never change, that numbers are whole, and that calls of functions with `quiet` names can be left out,
with whatever only they would be told. Only whole numbers, truth values and None are written into what it makes; every
other known value, texts above all, is handed over as an object under a name of ours.
"""

from engine.specialising.often import counted
from engine.specialising.reading import keep_sources
from engine.specialising.specialiser import Specialiser
from engine.specialising.values import Row

__all__ = ["Row", "Specialiser", "counted", "keep_sources"]
