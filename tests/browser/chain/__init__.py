"""The whole meeting as its people walk it: one module a step, each in the words of who does it."""
