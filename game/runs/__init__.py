"""A run that is played or was: what whoever shows it needs, the scenario it belongs to, and its closing."""
