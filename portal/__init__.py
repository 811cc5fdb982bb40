"""Residents' pages. The room is kept; nothing lives here yet."""
