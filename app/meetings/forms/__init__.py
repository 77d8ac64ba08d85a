"""The forms of programmes and meetings."""

from app.meetings.forms.agenda import RoomForm, SittingForm, WorkshopForm
from app.meetings.forms.documents import DocumentForm, QuoteForm
from app.meetings.forms.meeting import MeetingForm, NewMeetingForm, PhaseForm
from app.meetings.forms.programme import MembersForm, ProgrammeForm

__all__ = [
    "DocumentForm", "MeetingForm", "MembersForm", "NewMeetingForm", "PhaseForm", "ProgrammeForm", "QuoteForm",
    "RoomForm", "SittingForm", "WorkshopForm",
]  # fmt: skip
