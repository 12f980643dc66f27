"""The numerical kernels: recurrences and scans, each with a slow twin and faster forms."""
