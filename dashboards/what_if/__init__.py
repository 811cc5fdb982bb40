"""What if other standards had been ours? A history judged again, for people who lead."""
