"""Credits over all teams, from the nightly audits' public rows: no schema is entered."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from apps.credits.models import CREDITS
from apps.system.models import LedgerAudit
from apps.system.selectors import list_latest_audits
from apps.teams.models import Team

_SUMS = ("balance", "held", "owed", "spent", "expired", "reversed")


def get_system_stats() -> dict[str, Any]:
    """What all teams that are not archived have, had and owe, as their newest audits say. Two queries.

    `{as_of: {oldest, newest}, teams: {all, audited, with_credits, with_debt, with_differences}, entries, credits,
    units: {action: sums}}`, where sums are `{outstanding, held, owed, granted, granted_by_origin, spent, expired,
    reversed}`. A credit that was carried over counts as granted once more and as neither spent nor expired.
    """
    team_ids = list(Team.objects.exclude(state=Team.State.ARCHIVED).values_list("pk", flat=True))
    audits = list_latest_audits(team_ids=team_ids)
    units = sorted({unit for audit in audits for unit in audit.totals} - {CREDITS})
    times = sorted(audit.at for audit in audits)
    return {
        "as_of": {"oldest": times[0], "newest": times[-1]} if times else None,
        "teams": {
            "all": len(team_ids),
            "audited": len(audits),
            "with_credits": sum(_read(audit, CREDITS, "balance") > 0 for audit in audits),
            "with_debt": sum(any(_read(audit, unit, "owed") for unit in audit.totals) for audit in audits),
            "with_differences": sum(audit.differences > 0 for audit in audits),
        },
        "entries": sum(audit.entries for audit in audits),
        "credits": _sum(audits, CREDITS),
        "units": {unit: _sum(audits, unit) for unit in units},
    }


def _sum(audits: Iterable[LedgerAudit], unit: str) -> dict[str, Any]:
    granted: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for audit in audits:
        sums.update({name: _read(audit, unit, name) for name in _SUMS})
        granted.update(audit.totals.get(unit, {}).get("granted", {}))
    balance = sums.pop("balance", 0)
    return {
        "outstanding": balance,
        **{name: sums[name] for name in _SUMS[1:]},
        "granted": granted.total(),
        "granted_by_origin": dict(sorted(granted.items())),
    }


def _read(audit: LedgerAudit, unit: str, name: str) -> int:
    return int(audit.totals.get(unit, {}).get(name, 0))
