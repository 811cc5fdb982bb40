"""Escalation to the partnership's chair and ASB case reviews. The room is kept; nothing lives here yet."""
