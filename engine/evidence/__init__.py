"""The published figures beside the simulated ones, the schools' table and their claims."""
