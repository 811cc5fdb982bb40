"""The codes of the five documents' promises, as the register of commitments numbers them."""

CHERWELL = (
    "CHER-P1", "CHER-P2", "CHER-P3", "CHER-P4", "CHER-P5", "CHER-P6", "CHER-1a", "CHER-1b", "CHER-1c",
    "CHER-2", "CHER-3-0", "CHER-3a", "CHER-3b-i", "CHER-3b-ii", "CHER-3c", "CHER-3d", "CHER-4-0a",
    "CHER-4-0b", "CHER-4a", "CHER-4b", "CHER-4c", "CHER-5-0", "CHER-5a", "CHER-5b", "CHER-5c", "CHER-6",
    "CHER-7-0", "CHER-7a", "CHER-7b",
)  # fmt: skip

BOLSOVER = (
    "BOLS-P1", "BOLS-P2", "BOLS-P3", "BOLS-P4", "BOLS-1a", "BOLS-1b", "BOLS-2", "BOLS-3a", "BOLS-3b",
    "BOLS-3c", "BOLS-4a", "BOLS-4b", "BOLS-4c", "BOLS-5a", "BOLS-5b", "BOLS-5c", "BOLS-6a", "BOLS-6b",
    "BOLS-6c", "BOLS-7a", "BOLS-7b", "BOLS-7c", "BOLS-8a", "BOLS-8b", "BOLS-9a", "BOLS-9b", "BOLS-10a",
    "BOLS-10b", "BOLS-11a", "BOLS-11b", "BOLS-12a", "BOLS-12b", "BOLS-13a", "BOLS-13b", "BOLS-14",
)  # fmt: skip

NORTHAMPTONSHIRE = (
    "NORT-1", "NORT-2", "NORT-3", "NORT-4", "NORT-5", "NORT-6", "NORT-7a", "NORT-7b", "NORT-7c", "NORT-8",
    "NORT-9a", "NORT-9b", "NORT-10a", "NORT-10b", "NORT-10c", "NORT-11", "NORT-12", "NORT-13", "NORT-14",
    "NORT-15", "NORT-16", "NORT-17",
)  # fmt: skip

CHESTERFIELD = (
    "CHES-P1", "CHES-P2", "CHES-P3", "CHES-P4", "CHES-P5", "CHES-P6", "CHES-1", "CHES-2a", "CHES-2b",
    "CHES-2c", "CHES-3a", "CHES-3b", "CHES-4a", "CHES-4b", "CHES-4c", "CHES-5a", "CHES-5b", "CHES-6a",
    "CHES-6b", "CHES-7a", "CHES-7b", "CHES-7c", "CHES-8a", "CHES-8b", "CHES-9a", "CHES-9b", "CHES-10a",
    "CHES-10b",
)  # fmt: skip

COVENTRY = (
    "COV-P1", "COV-P2", "COV-P3", "COV-P4", "COV-P5", "COV-1a", "COV-1b", "COV-1c", "COV-2a", "COV-2b",
    "COV-3", "COV-4a", "COV-4b", "COV-4c", "COV-4d", "COV-5", "COV-6", "COV-7a", "COV-7b", "COV-8a", "COV-8b",
    "COV-9", "COV-10a", "COV-10b", "COV-10c", "COV-11a", "COV-11b", "COV-12a", "COV-12b", "COV-P6", "COV-C1",
    "COV-C2", "COV-C3", "COV-C4", "COV-P7",
)  # fmt: skip
