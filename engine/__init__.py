"""The simulation: pure, typed, and free of screens, clocks, networks and global randomness."""
