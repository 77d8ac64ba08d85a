"""Badges, the door, scans, half-days, signature sheets, certificates."""
