"""`script/bench [NAME ...]`: run these measurements, or all; exit 1 when a target is missed."""

from __future__ import annotations

import argparse
import importlib
import sys

BENCHES = ("sweep", "judge", "replay")


def main() -> None:
    arguments = argparse.ArgumentParser(prog="script/bench", description="Measures ours beside a bare reference.")
    arguments.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(BENCHES)} (default: all)")
    names = arguments.parse_args().names or BENCHES
    if unknown := sorted(set(names) - set(BENCHES)):
        arguments.error(f"no such bench: {', '.join(unknown)}. There is: {', '.join(BENCHES)}")
    reports = [importlib.import_module(f"benches.{name}").run() for name in names]
    for report in reports:
        print(f"\n{report}")
    sys.exit(not all(report.good for report in reports))


if __name__ == "__main__":
    main()
