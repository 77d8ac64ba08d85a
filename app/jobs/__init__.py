"""Durable jobs and the mail outbox; they know no domain."""
