"""What changes in recommendations."""

from app.recommendations.actions.handover import hand_over, reopen
from app.recommendations.actions.operations import Incoming, Outcome, receive, refuse, replayed, settle
from app.recommendations.actions.review import keep_apart, set_state, set_translation
from app.recommendations.actions.texts import write

__all__ = [
    "Incoming", "Outcome", "hand_over", "keep_apart", "receive", "refuse", "reopen", "replayed", "set_state",
    "set_translation", "settle", "write",
]  # fmt: skip
