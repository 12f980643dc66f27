"""What presets cost on this machine, and whether what is claimed of such models is true here."""
