"""For each charter, one kept and one broken example for every way in which each of its promises is judged."""
