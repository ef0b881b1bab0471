"""A competition in a room: one machine hosts, and everybody sells to the same buyers."""
