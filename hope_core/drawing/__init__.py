"""Figures drawn from a model itself, or from what a run has told."""
