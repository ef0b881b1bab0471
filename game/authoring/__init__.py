"""For authors: a preview and its plays, changing a file of theirs, what is explained."""
