"""Lines of text on a terminal: how they fit, what is said and asked there, and how far long work has come."""
