"""The terminal game: everything with a face."""

__version__ = "0.1.0"
"""The version of this program, which the build reads here."""
