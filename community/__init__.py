"""Surveys, targets, publicity, who-is-who. The room is kept; nothing lives here yet."""
