"""Messages to people: an outbox that never loses one."""
