"""Assignment of participants to workshops, the board, and everybody's own programme."""
