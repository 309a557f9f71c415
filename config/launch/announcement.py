"""What `make run` says when the product is ready."""

from collections.abc import Mapping

from .address import Address
from .console import say

PASSWORD = "demo-password-1"  # noqa: S105 - public by design: the demo's
ACCOUNTS = (
    ("owner@free.example", "owner of a team on Free"),
    ("owner@standard.example", "owner of a team on Standard"),
    ("manager@standard.example", "manager there"),
    ("owner@premium.example", "owner of a team on Premium"),
    ("admin@premium.example", "admin there"),
    ("member@premium.example", "member there"),
    ("root@operator.example", "superadmin, at /admin/"),
)


def announce(address: Address, environment: Mapping[str, str]) -> None:
    """The address, and on a demo the mailbox and the accounts."""
    url = address.url
    lines = [
        "",
        f"Analytics Following is ready: {url}",
        "",
        f"  API        {url}api/docs/",
        f"  admin      {url}admin/",
    ]
    if environment.get("DEMO") == "1":
        if not environment.get("EMAIL_URL"):
            lines.append(f"  mailbox    {url}dev/mail/")
        if environment.get("STRIPE_TEST_PAYMENTS"):
            lines.append("  payments   test payments: no money moves, cards are chosen on the pay page")
        lines += ["", f"  demo accounts, all with the password {PASSWORD}:"]
        lines += [f"    {email:<26} {what}" for email, what in ACCOUNTS]
        if not address.is_local:
            lines += ["", "  These passwords are public, and other machines can reach this address."]
    lines += ["", "  logs are in var/log/; Ctrl-C stops everything", ""]
    say("\n".join(lines))
