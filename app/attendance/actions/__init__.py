"""Writes of the door; each is told to the journal."""
