"""The machine interface. The room is kept; nothing lives here yet."""
