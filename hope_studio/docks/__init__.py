"""The four docks that stay across pages: log, system, checkpoints and events."""
