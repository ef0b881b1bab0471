"""Scenarios: where they are found, loaded for a command, as files, as they were compiled, several in one file."""
