"""Event streams for live screens; they know no domain."""
