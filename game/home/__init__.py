"""What is kept for a player, where, and how it is read and written."""
