"""Publishing the rates of price estimates."""

from typing import Any

from django.db import transaction

from apps.profiles.metrics import read_rates
from apps.profiles.models import RateTable
from apps.profiles.selectors import get_rate_table


@transaction.atomic
def publish_rates(*, rates: dict[str, Any], note: str = "") -> RateTable:
    """Publish the next table of rates; estimates use it from now on and say so. The tables before it are kept.

    Raises `ValueError`, in words, for a table that formulas cannot read (nothing changed).
    """
    newest = RateTable.objects.select_for_update().get(pk=get_rate_table().pk)
    table = RateTable(version=newest.version + 1, rates=rates, note=note)
    read_rates(table.rates, version=table.version, published_at=table.published_at)
    table.save()
    return table
