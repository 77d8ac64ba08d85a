"""What may be done with editions; every act is one entry or two in the journal of the meeting."""

from app.publication.actions.corrections import approve, prepare, withdraw
from app.publication.actions.publishing import publish

__all__ = ["approve", "prepare", "publish", "withdraw"]
