"""Measurements side by side: only ratios from one run on one machine count."""
