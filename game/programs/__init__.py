"""The programs with screens, of a player, of somebody at an event, of its host, of an author; and what those share."""
