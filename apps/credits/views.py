"""The wallet's page: what the team has, what it used, and every entry of the ledger."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.teams.access import Permission, team_page
from apps.teams.selectors import list_members

from .selectors import get_ledger_page, get_wallet_page, read_ledger_query
from .services import bring_up_to_date


@require_GET
@team_page(Permission.CREDITS_VIEW)
def wallet(request: HttpRequest) -> HttpResponse:
    bring_up_to_date()
    query = read_ledger_query(request.GET)
    context = {
        "nav": "wallet",
        "page": get_wallet_page(),
        "ledger": get_ledger_page(query),
        "members": list_members(request.team),  # type: ignore[attr-defined]
    }
    return render(request, "credits/wallet.html", context)


@require_GET
@team_page(Permission.CREDITS_VIEW)
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger's rows: all of a filter's first page, or those after the last one shown."""
    query = read_ledger_query(request.GET)
    template = "credits/wallet/rows.html" if query.before else "credits/wallet/ledger.html"
    return render(request, template, {"ledger": get_ledger_page(query)})
