"""What `firstvisit` can be told to do: a module for each command, imported once `game.options` has read the line."""
