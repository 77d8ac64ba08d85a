"""Invitations, registration, wishes, delegation, import, duplicates, letters."""
