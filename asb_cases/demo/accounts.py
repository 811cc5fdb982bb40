"""Who can sign in to the demonstration. Imports nothing, so that the welcome can be printed at once."""

# One for each role, all in the partnership's council.
ACCOUNTS = (
    ("Call-taker", "call-taker", "Jo Marsh"),
    ("Caseworker", "caseworker", "Priya Shah"),
    ("Team lead", "team-lead", "Dylan Price"),
    ("Partnership manager", "manager", "Grace Okafor"),
)
PARTNERSHIPS = ("cherwell", "bolsover", "northamptonshire", "chesterfield", "coventry")
PASSWORD = "demonstration only"  # noqa: S105  printed for everybody to read


def address(name: str, partnership: str) -> str:
    return f"{name.lower().replace(' ', '.')}@{partnership}.example"
