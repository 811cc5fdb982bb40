"""Reports, cases and people: casework. It records facts and never touches a clock."""
