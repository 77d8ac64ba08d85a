"""Commitments, tasks, reports, evidence, verification, extension, digests."""
