"""Event streams for live screens. They know no domain."""
