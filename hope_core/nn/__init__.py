"""Small modules shared by memories and models: state trees, norms, convolution, MLP, positions."""
