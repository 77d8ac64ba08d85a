"""The chapters of the story, in the order in which they happened."""

from app.portal.demonstration.chapters import assign, capture, door, follow, plenary, prepare, publish, register

CHAPTERS = (
    prepare.play, register.play, assign.play, door.start, door.afternoon, capture.first_day, door.second_day,
    capture.second_day, plenary.play, publish.play, follow.play,
)  # fmt: skip
