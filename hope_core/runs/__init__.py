"""The run folder: the only channel between a trainer and whoever watches it."""
