"""What the beat asks of teams."""

from celery import shared_task
from django.conf import settings

from apps.core.tasks import PublicTask
from apps.teams import services


@shared_task(name="teams.refill_stock", base=PublicTask)
def refill_stock() -> int:
    """Keep ready schemas for the teams to come."""
    return services.refill_stock(wanted=settings.TEAM_STOCK)
