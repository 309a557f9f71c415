"""The superadmins' first page."""

from typing import Any

from django.http import HttpRequest

from .selectors import get_overview


def fill_dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """unfold's dashboard callback: the overview as cards and tables."""
    overview = get_overview()
    context["overview"] = overview
    context["cards"] = _cards(overview)
    context["tables"] = [_plans(overview), _queues(overview), _sources(overview), _breakers(overview)]
    return context


def _cards(overview: dict[str, Any]) -> list[dict[str, Any]]:
    creators, jobs = overview["creators"], overview["jobs"]["day"]
    return [
        _card("Active teams", overview["teams"]["active"], f"{overview['teams']['all']} with suspended and archived"),
        _card("Active users", overview["users"], f"{overview['new_users']} joined within 7 days"),
        _card("Creators", creators["all"], f"{creators['synthetic']} synthetic, {creators['suppressed']} suppressed"),
        _card("Posts", overview["posts"], f"{creators['refreshed']} creators refreshed within 24 hours"),
        _card("Jobs within 24 hours", sum(jobs.values()), f"{jobs.get('failed', 0)} failed"),
        _card("Dead letters", overview["dead_letters"], "waiting for a replay"),
    ]


def _card(title: str, value: int, footer: str) -> dict[str, Any]:
    return {"title": title, "value": f"{value:,}", "footer": footer}


def _plans(overview: dict[str, Any]) -> dict[str, Any]:
    rows = [[plan["name"], plan["teams"]] for plan in overview["teams"]["by_plan"]]
    return {"title": "Teams by plan", "table": {"headers": ["Plan", "Active teams"], "rows": rows}}


def _queues(overview: dict[str, Any]) -> dict[str, Any]:
    rows = [[row["queue"], row["state"], row["number"]] for row in overview["jobs"]["active"]]
    return {"title": "Work under way", "table": {"headers": ["Queue", "State", "Jobs"], "rows": rows}}


def _sources(overview: dict[str, Any]) -> dict[str, Any]:
    rows = [
        [state["source"], state["capability"], state["code"], state["message"], f"{state['retry_at']:%Y-%m-%d %H:%M}"]
        for state in overview["sources"]
    ]
    headers = ["Source", "Capability", "Refusal", "What it said", "Asked again (UTC)"]
    return {"title": "Data sources that refuse", "table": {"headers": headers, "rows": rows}}


def _breakers(overview: dict[str, Any]) -> dict[str, Any]:
    rows = [[name, state.state, state.failures, state.reason] for name, state in sorted(overview["breakers"].items())]
    headers = ["Dependency", "State", "Failures", "Reason"]
    return {"title": "Circuit breakers", "table": {"headers": headers, "rows": rows}}
