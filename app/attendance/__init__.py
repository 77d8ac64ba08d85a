"""The door: badges, arrivals, half-days and the papers that prove them; scans are facts, attendance follows."""
