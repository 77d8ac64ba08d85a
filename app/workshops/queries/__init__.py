"""Reads of the workshops' room."""
