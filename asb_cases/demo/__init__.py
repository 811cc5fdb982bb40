"""The demonstration: five partnerships, invented people, two years of cases. Always the same for the same day."""
