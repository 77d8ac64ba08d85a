"""The demonstration: a filled meeting that can be set to any of its six moments."""
