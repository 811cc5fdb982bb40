"""Pages for people who lead: missed promises, their reasons, their review."""
