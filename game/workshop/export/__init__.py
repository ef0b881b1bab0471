"""What is taken home from an event: written, checked, and sent."""
