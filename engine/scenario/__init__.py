"""What an author writes, and what it becomes once it is valid."""
