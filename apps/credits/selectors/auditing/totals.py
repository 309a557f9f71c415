"""What a wallet has had so far, by unit: counts that the operator may add over teams."""

_KINDS = {"spent": "capture", "expired": "expire", "reversed": "reverse"}
_SUMS = " UNION ALL ".join(
    f"SELECT '{name}' AS law, unit AS row, -sum(amount) AS number FROM credits_entry WHERE kind = '{kind}'"
    " GROUP BY unit"
    for name, kind in _KINDS.items()
)
TOTALS = (
    "SELECT law, row, 0::bigint, 0::bigint, number::bigint FROM ("
    "SELECT 'balance' AS law, unit AS row, sum(remaining) AS number FROM credits_grant GROUP BY unit"
    " UNION ALL SELECT 'held', unit, sum(held) FROM credits_grant GROUP BY unit"
    " UNION ALL SELECT 'granted:' || origin, unit, sum(amount) FROM credits_grant GROUP BY origin, unit"
    " UNION ALL SELECT 'owed', unit, sum(debt_remaining) FROM credits_revocation GROUP BY unit"
    f" UNION ALL {_SUMS}) AS total"
)
ENTRIES = "SELECT 'entries', '', 0::bigint, 0::bigint, count(*) FROM credits_entry"
