"""The wallet's pages: what the team has, where it went, and every entry of the ledger."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.credits.selectors import (
    LedgerQuery,
    export_ledger_page,
    get_ledger_page,
    get_spending_page,
    get_wallet_page,
    hide_colleagues,
    list_notices,
    read_ledger_query,
    read_spending_query,
)
from apps.credits.services import bring_up_to_date
from apps.plans.selectors import Feature
from apps.teams.access import Permission, TeamRequest, can, part_of, team_page
from apps.teams.selectors import has_team_feature, list_members


@require_GET
@team_page(Permission.CREDITS_VIEW)
def wallet(request: TeamRequest) -> HttpResponse:
    bring_up_to_date()
    page = get_wallet_page()
    may_buy = has_team_feature(request.team, Feature.TOPUPS)
    context = {
        "nav": "credits",
        "page": page,
        "pays_in_credits": may_buy or page["summary"]["balance"] > 0,
        "notices": list_notices(membership=request.membership),
        "ledger": _get_ledger(request, read_ledger_query(request.GET)),
        "members": list_members(request.team) if can(request.membership, Permission.USAGE_VIEW) else [],
        "may_export": can(request.membership, Permission.EXPORT),
        "may_top_up": may_buy and can(request.membership, Permission.BILLING_MANAGE),
    }
    return render(request, "credits/wallet.html", context | _describe_spending(request))


@require_GET
@team_page(Permission.CREDITS_VIEW)
@part_of("credits:wallet", with_query=True)
def ledger(request: TeamRequest) -> HttpResponse:
    """The ledger's rows: all of a filter's first page, or those after the last one shown."""
    query = read_ledger_query(request.GET)
    template = "credits/wallet/rows.html" if query.before else "credits/wallet/ledger.html"
    context = {"ledger": _get_ledger(request, query), "may_export": can(request.membership, Permission.EXPORT)}
    return render(request, template, context)


@require_GET
@team_page(Permission.EXPORT)
def ledger_file(request: TeamRequest) -> StreamingHttpResponse:
    """All that the filters find, as a CSV file."""
    bring_up_to_date()
    chunks = export_ledger_page(read_ledger_query(request.GET))
    name = f"ledger-{request.team.slug}-{timezone.now():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8", headers=headers)


@require_GET
@team_page(Permission.CREDITS_VIEW)
@part_of("credits:wallet", with_query=True)
def spending(request: TeamRequest) -> HttpResponse:
    """The panel of spending for another span or measure."""
    return render(request, "credits/wallet/spending.html", _describe_spending(request))


def _describe_spending(request: TeamRequest) -> dict[str, Any]:
    return {
        "spending": get_spending_page(read_spending_query(request.GET)),
        "may_see_members": can(request.membership, Permission.USAGE_VIEW),
    }


def _get_ledger(request: TeamRequest, query: LedgerQuery) -> dict[str, Any]:
    """A page of the ledger; who may not see the team's usage asks for nobody by name, and reads no names."""
    if not can(request.membership, Permission.USAGE_VIEW):
        query = replace(query, member_id=None)
    page = get_ledger_page(query)
    return page | {"rows": hide_colleagues(page["rows"], viewer=request.membership)}
