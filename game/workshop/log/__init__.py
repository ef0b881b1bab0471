"""The log of an event: what it is to be, what happened, and the room that it comes to."""
