"""A team's ledger."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from apps.accounts.models import User
from apps.admin.selectors import get_ledger
from apps.admin.services import record_team_access
from apps.credits.models import Entry, Hold
from apps.teams.models import Team


def show_ledger(request: HttpRequest, team_id: int) -> HttpResponse:
    """A team's ledger, read-only. Who looked is written down."""
    team = get_object_or_404(Team, pk=team_id)
    record_team_access(staff=cast("User", request.user), team=team, what="the ledger")
    ledger = get_ledger(team)
    context = {
        **admin.site.each_context(request),
        "title": f"Ledger of {team.name}",
        "team": team,
        "ledger": ledger,
        "holds_table": _holds(ledger["holds"]),
        "entries_table": _entries(ledger["entries"]),
    }
    return TemplateResponse(request, "backoffice/ledger.html", context)


def _holds(holds: list[Hold]) -> dict[str, Any]:
    rows = [
        [f"{hold.created_at:%Y-%m-%d %H:%M:%S}", hold.action, hold.subject_label, hold.credits, _email(hold.member)]
        for hold in holds
    ]
    return {"headers": ["Since (UTC)", "Action", "Subject", "Credits", "Member"], "rows": rows}


def _entries(entries: list[Entry]) -> dict[str, Any]:
    rows = [
        [
            entry.seq,
            f"{entry.at:%Y-%m-%d %H:%M:%S}",
            entry.get_kind_display(),
            entry.action or entry.unit,
            entry.subject_label,
            f"{entry.amount:+,}" if entry.amount else "0",
            f"{entry.held_delta:+,}" if entry.held_delta else "0",
            f"{entry.balance_after:,}",
            _email(entry.member),
        ]
        for entry in entries
    ]
    headers = ["No.", "At (UTC)", "Kind", "For", "Subject", "Amount", "Held", "Balance", "Member"]
    return {"headers": headers, "rows": rows}


def _email(member: object) -> str:
    return str(getattr(member, "email", ""))
