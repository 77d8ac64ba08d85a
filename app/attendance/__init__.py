"""The door: badges, arrivals, half-days, and the papers that prove them. Scans are facts, attendance follows from them."""
