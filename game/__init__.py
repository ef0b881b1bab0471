"""The terminal game: everything with a face."""
