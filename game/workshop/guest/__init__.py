"""A player's side of an event: their line to the host, and playing as lines of text."""
