"""Capture of recommendations in the workshops, their revisions and variants, review and merge."""
