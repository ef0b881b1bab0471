"""What takes long: par, scripts, plays of a scenario, shared out over processes or done in a thread."""
