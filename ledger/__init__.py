"""What happened (Event), append-only and hash-chained. The ground floor: it knows nobody."""
