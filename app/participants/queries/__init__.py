"""Reads of the participants' room: people, places, bodies, invitations and the organiser's list."""
