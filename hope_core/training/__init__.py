"""The training loop and what belongs to it; this file loads no torch."""
