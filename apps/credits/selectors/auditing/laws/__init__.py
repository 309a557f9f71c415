"""Each law is a query that finds the rows where it does not hold, as `row, expected, found`.

They read the tables and the common sources (`sources.py`): sums by unit, hold and lot, and steps that do not follow.
"""

from . import debts, entries, grants, holds, usage, wallet

LAWS = {law: query for part in (wallet, entries, grants, holds, debts, usage) for law, query in part.LAWS.items()}
