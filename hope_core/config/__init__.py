"""What a run is made of, as frozen, bounded, described settings; free of torch."""
