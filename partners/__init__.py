"""Partnerships, agencies, staff and their roles."""
