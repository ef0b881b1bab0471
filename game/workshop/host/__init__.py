"""A host's side of an event: what is typed and told, and the processes beside it."""
