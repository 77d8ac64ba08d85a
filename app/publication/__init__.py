"""Editions: frozen, numbered, hashed; the report, open data and feeds."""
