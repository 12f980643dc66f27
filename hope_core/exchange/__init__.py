"""Runs, weights and presets to and from other people: bounded, summed, and never run as code."""
