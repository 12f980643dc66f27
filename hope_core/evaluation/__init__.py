"""What a model is worth, measured: proofs that it computes what it should."""
