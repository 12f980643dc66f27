"""Text from trained models, and the messages by which it is asked for; loads no torch."""
