"""People who sign in, their sessions, devices, roles and scopes."""
