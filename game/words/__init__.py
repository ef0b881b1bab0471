"""Words that all of `game` shares: what a terminal can show, text from outside made safe, what can go wrong."""
