"""Writes. Each is one transaction with the ledger's entry inside it; none touches a clock."""
