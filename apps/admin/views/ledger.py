"""A team's ledger."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from apps.accounts.models import User
from apps.admin.selectors import get_ledger
from apps.admin.services import record_team_access
from apps.core.numbers import read_number
from apps.credits.models import CREDITS, Entry, Grant, Hold, Revocation
from apps.teams.models import Team


def show_ledger(request: HttpRequest, team_id: int) -> HttpResponse:
    """A team's ledger, read-only. Who looked is written down."""
    team = get_object_or_404(Team, pk=team_id)
    record_team_access(staff=cast("User", request.user), team=team, what="the ledger")
    ledger = get_ledger(team, before=read_number(request.GET.get("before", "")))
    context = {
        **admin.site.each_context(request),
        "title": f"Ledger of {team.name}",
        "team": team,
        "ledger": ledger,
        "is_older": "before" in request.GET,
        "grants_table": _grants(team, ledger["grants"]),
        "revocations_table": _revocations(team, ledger["revocations"]),
        "holds_table": _holds(ledger["holds"]),
        "entries_table": _entries(ledger["entries"]),
    }
    return TemplateResponse(request, "backoffice/ledger.html", context)


def _grants(team: Team, grants: list[Grant]) -> dict[str, Any]:
    rows = [
        [
            grant.pk,
            grant.unit,
            grant.get_origin_display(),
            f"{grant.amount:,}",
            f"{grant.remaining:,}",
            f"{grant.held:,}",
            f"{grant.expires_at:%Y-%m-%d %H:%M}" if grant.expires_at else "–",
            grant.source_key,
            _link("grant_act", team, grant.pk, "revoke", title="Take back"),
        ]
        for grant in grants
    ]
    headers = ["No.", "Unit", "Origin", "Amount", "Left", "Held", "Ends (UTC)", "For", "Act"]
    return {"headers": headers, "rows": rows}


def _revocations(team: Team, revocations: list[Revocation]) -> dict[str, Any]:
    rows = [
        [
            f"{one.created_at:%Y-%m-%d %H:%M}",
            one.grant_id,
            one.unit,
            f"{one.revoked:,}",
            f"{one.debt_remaining:,}",
            one.reason,
            _offer(team, one),
        ]
        for one in revocations
    ]
    return {"headers": ["At (UTC)", "Grant", "Unit", "Taken", "Owed", "Reason", "Act"], "rows": rows}


def _offer(team: Team, revocation: Revocation) -> str:
    if revocation.restored_at is not None:
        return "Given back"
    back = _link("revocation_act", team, revocation.pk, "restore", title="Give back")
    if not revocation.debt_remaining:
        return back
    return format_html("{} · {}", back, _link("revocation_act", team, revocation.pk, "waive", title="Waive"))


def _link(name: str, team: Team, row_id: int, act: str, *, title: str) -> str:
    address = reverse(f"admin:{name}", args=[team.pk, row_id, act])
    return format_html('<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', address, title)


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
            _keep_together(f"{entry.at:%Y-%m-%d %H:%M:%S}"),
            entry.get_kind_display(),
            entry.action or "–",
            " · ".join(filter(None, [entry.subject_label, entry.reason])) or "–",
            _count(entry.amount, entry.unit),
            _count(entry.held_delta, entry.unit),
            f"{entry.balance_after:,}",
            _describe_sources(entry),
            _email(entry.member) or "–",
        ]
        for entry in entries
    ]
    headers = ["No.", "At (UTC)", "Kind", "Act", "About", "Amount", "Held", "Balance", "Paid by or to", "By"]
    return {"headers": headers, "rows": rows}


def _count(amount: int, unit: str) -> str:
    """ "-25", "+50 email_unlock"; the unit is named where it is not credits."""
    number = f"{amount:+,}" if amount else "0"
    return number if unit == CREDITS else f"{number} {unit}"


def _keep_together(text: str) -> str:
    return format_html('<span class="whitespace-nowrap">{}</span>', text)


def _describe_sources(entry: Entry) -> str:
    """Which grants moved and by how much; what an allowance or free units paid moves none."""
    grants = [f"grant {one['grant']}: {one['amount'] or one['held_delta']:+,}" for one in entry.grants]
    units = [f"{one['units']:,} × {one['source']}" for one in entry.draws if one["source"] in {"allowance", "free"}]
    return ", ".join([*units, *grants]) or "–"


def _email(member: object) -> str:
    return str(getattr(member, "email", ""))
