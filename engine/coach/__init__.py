"""The coach: what each move of a run was worth, what would have been worth more, and how much of it was luck."""
