"""The chapters of the story, in the order in which they happened."""

from app.portal.demonstration.chapters import prepare, register, sit

CHAPTERS = (prepare.play, register.play, sit.play)
