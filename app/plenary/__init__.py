"""The plenary: queue, projector, decisions and definitive numbers."""
