"""Home, dashboards, search, my commune: owns no table, reads every room's queries."""
