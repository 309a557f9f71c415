"""What the balance and the dashboards cost on a long ledger: queries and milliseconds, through the whole stack.

    python -m bench.ledger.pages ENTRIES

Makes a team, gives its wallet a past of ENTRIES, and prints JSON rows.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from apps.core.caching import drop  # noqa: E402
from apps.teams.access import enter_team  # noqa: E402
from apps.teams.models import Team  # noqa: E402
from bench.ledger.wallets import fill_ledger  # noqa: E402

TIMES = 15
PAGES = {
    "GET credits/balance": "/api/v1/credits/balance",
    "credits dashboard (page)": "/t/{slug}/wallet/",
    "credits/dashboard (API)": "/api/v1/credits/dashboard",
    "spending, 12 months": "/t/{slug}/wallet/spending/?months=12",
    "ledger, first page": "/t/{slug}/wallet/ledger/",
    "ledger, every step": "/t/{slug}/wallet/ledger/?show=steps",
    "credits/transactions (API)": "/api/v1/credits/transactions",
    "credits/usage/monthly (API)": "/api/v1/credits/usage/monthly",
}
PARTS = ("spending", "ledger")
"""Parts of a page, which are given to its scripts only."""


def measure(team: Team) -> list[dict[str, object]]:
    """Each page with its cache dropped before every request; the balance with its cache as well."""
    client = Client(headers={"X-Team": team.slug}, SERVER_NAME="localhost")
    client.force_login(team.memberships.get().user)
    rows = []
    for name, path in PAGES.items():
        ask = _asker(client, path.format(slug=team.slug), by_script=name.startswith(PARTS))
        ask()
        if name.startswith("GET"):
            rows.append({"name": f"{name}, cached", "queries": _count(ask), "ms": _time(ask)})
        forget = _forgetter(team)
        forget()
        rows.append({"name": name, "queries": _count(ask), "ms": _time(ask, before=forget)})
    return rows


def _asker(client: Client, path: str, *, by_script: bool) -> Callable[[], None]:
    headers = {"HX-Request": "true"} if by_script else {}

    def ask() -> None:
        answer = client.get(path, headers=headers)
        if answer.status_code != 200:
            sys.exit(f"bench: {path} answered {answer.status_code}")
        answer.getvalue()

    return ask


def _forgetter(team: Team) -> Callable[[], None]:
    """What a change of the wallet makes the cache forget, and the prices."""

    def forget() -> None:
        drop("credits:prices")
        with enter_team(team):
            drop("credits:generation", alias="team")

    return forget


def _count(ask: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def _time(ask: Callable[[], None], *, before: Callable[[], None] = lambda: None) -> float:
    spans = []
    for _ in range(TIMES):
        before()
        started = time.perf_counter()
        ask()
        spans.append((time.perf_counter() - started) * 1000)
    return statistics.median(spans)


if __name__ == "__main__":
    team = Team.objects.filter(name__startswith="Wallet").latest("id")
    fill_ledger(team, entries=int(sys.argv[1]))
    print(json.dumps(measure(team)))
