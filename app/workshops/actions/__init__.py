"""Writes of the workshops' room; each is told to the journal."""
