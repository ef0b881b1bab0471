"""Lines of text on a terminal: how they fit, what is asked there, and how far long work has come."""
