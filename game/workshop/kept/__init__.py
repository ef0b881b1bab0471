"""What is kept of an event: its tables, what lies beside them, and when it is deleted."""
