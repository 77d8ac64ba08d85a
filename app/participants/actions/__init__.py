"""Writes of the participants' room; every one is told to the journal (docs/participants.md lists the kinds)."""
