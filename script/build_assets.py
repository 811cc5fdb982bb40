"""Placeholder replaced by the front-end build."""
