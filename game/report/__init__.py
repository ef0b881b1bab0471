"""Reports for people and for scripts: tables, JSON and CSV."""
