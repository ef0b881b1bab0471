"""What helps an author: what is found by playing a scenario, and what would change if it were changed."""
