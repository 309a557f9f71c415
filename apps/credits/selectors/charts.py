"""Rows of use as the series of a stacked chart."""

from collections.abc import Sequence
from typing import Any

# Beyond these the chart's colours repeat: the rest is shown together.
CHART_SERIES = 4


def make_series(
    rows: Sequence[dict[str, Any]], *, ranked: Sequence[dict[str, Any]], measure: str
) -> list[dict[str, Any]]:
    """`[{name, values}]`, a value for each row (a day, a month) with its `actions`; the largest actions first.

    `ranked` are the actions with their `label`. At most `CHART_SERIES` series: the smallest ones are one, "Other".
    """
    used = sorted((row for row in ranked if row[measure]), key=lambda row: -row[measure])
    main, rest = used[:CHART_SERIES], used[CHART_SERIES:]
    if rest:
        main, rest = used[: CHART_SERIES - 1], used[CHART_SERIES - 1 :]
    series = [{"name": row["label"], "values": _count(rows, [row["action"]], measure)} for row in main]
    if rest:
        series.append({"name": "Other", "values": _count(rows, [row["action"] for row in rest], measure)})
    return series


def _count(rows: Sequence[dict[str, Any]], actions: list[str], measure: str) -> list[int]:
    return [sum(row["actions"].get(action, {}).get(measure, 0) for action in actions) for row in rows]
