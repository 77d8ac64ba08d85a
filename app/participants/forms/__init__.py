"""The shape of what people type in this room: registration, invitations, filters, imports."""
