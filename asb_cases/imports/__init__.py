"""Reports and incidents from other people's files. docs/import.md describes the columns."""
