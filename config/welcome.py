"""What `script/server` says when everything runs. Plain: knows the demonstration's accounts, asks no database."""

import sys

from asb_cases.demo.accounts import ACCOUNTS, PARTNERSHIPS, PASSWORD, address


def main(url: str) -> None:
    first, *others = PARTNERSHIPS
    lines = [
        "",
        f"Ready: {url}",
        "",
        f"Demonstration accounts ({first.capitalize()}), all with the password: {PASSWORD}",
        *(f"  {role:20} {address(account, first)}" for role, account, _ in ACCOUNTS),
        f"The same at {', '.join(f'@{name}.example' for name in others)}.",
        f"E-mails that would have been sent: {url}/development/mail/",
        "",
        "Stop with Ctrl-C.",
        "",
    ]
    print("\n".join(lines), flush=True)  # noqa: T201  this is a program


if __name__ == "__main__":
    main(sys.argv[1])
