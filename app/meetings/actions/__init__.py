"""What may be done with programmes and meetings; every act is one entry in the journal."""

from app.meetings.actions.agenda import (
    remove_room,
    remove_sitting,
    remove_workshop,
    save_room,
    save_sitting,
    save_workshop,
    set_officers,
    set_speakers,
)
from app.meetings.actions.documents import (
    attach_file,
    move_document,
    publish_document,
    remove_document,
    remove_quote,
    save_document,
    save_quote,
    seal_telegram,
    withdraw_document,
)
from app.meetings.actions.meeting import CATEGORIES, create_meeting, edit_meeting, publish_article, set_categories
from app.meetings.actions.phases import change_phase
from app.meetings.actions.programme import (
    add_members,
    create_programme,
    edit_programme,
    import_members,
    remove_member,
    set_axes,
    set_partners,
    set_tracks,
)

__all__ = [
    "CATEGORIES",
    "add_members", "attach_file", "change_phase", "create_meeting", "create_programme", "edit_meeting",
    "edit_programme", "import_members", "move_document", "publish_article", "publish_document", "remove_document",
    "remove_member", "remove_quote", "remove_room", "remove_sitting", "remove_workshop", "save_document", "save_quote",
    "save_room", "save_sitting", "save_workshop", "seal_telegram", "set_axes", "set_categories", "set_officers",
    "set_partners", "set_speakers", "set_tracks", "withdraw_document",
]  # fmt: skip
