"""Text from trained models, and the messages by which a window asks for it; this file loads no torch."""
