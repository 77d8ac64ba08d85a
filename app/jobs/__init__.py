"""Durable jobs and the mail outbox."""
