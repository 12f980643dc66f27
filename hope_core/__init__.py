"""Models whose memory keeps learning, their training and their runs. No Qt in here."""
