"""The audits of the teams' ledgers."""

from collections.abc import Collection

from apps.system.models import LedgerAudit


def list_latest_audits(*, team_ids: Collection[int] | None = None) -> list[LedgerAudit]:
    """The newest audit of every team, or of these teams, by team."""
    audits = LedgerAudit.objects.order_by("team_id", "-day").distinct("team_id")
    return list(audits if team_ids is None else audits.filter(team_id__in=team_ids))


def count_differing_ledgers() -> int:
    """How many teams' newest audit found differences."""
    newest = LedgerAudit.objects.order_by("team_id", "-day").distinct("team_id").values("pk")
    return LedgerAudit.objects.filter(pk__in=newest, differences__gt=0).count()
