"""Charters, promises, matters, clocks: the engine that judges what happened."""
