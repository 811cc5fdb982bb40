"""What stands between a checkout and a running system, in one process: `script/server` runs this first.

Every step does nothing where nothing is to be done.
"""

from __future__ import annotations

import sys

import django
from django.core.management import CommandError, call_command
from django.db import OperationalError

STEPS: tuple[tuple[str, dict[str, object]], ...] = (
    ("migrate", {"verbosity": 0, "skip_checks": True}),
    ("seed_bank_holidays", {"skip_checks": True}),
    ("demo", {}),
    ("demo_community", {}),
    ("compute_measures", {}),
    ("sweep", {}),
    ("collectstatic", {"interactive": False, "verbosity": 0}),
    ("check", {"fail_level": "ERROR"}),
)


def main() -> None:
    django.setup()
    for command, options in STEPS:
        try:
            call_command(command, **options)
        except CommandError as error:
            sys.exit(f"manage.py {command} failed: {error}")
        except OperationalError as error:
            sys.exit(f"The database does not answer ({command}): {error}")


if __name__ == "__main__":
    main()
