"""What was taken back is gone once; what is still owed is what was owed, less what was paid and waived."""

_OF_ENTRIES = (
    "(SELECT split_part(key, ':', 2) AS id, sum({what}) AS total FROM credits_entry WHERE kind = '{kind}' GROUP BY 1)"
)
LAWS = {
    "debt.remaining": (
        "SELECT 'revocation ' || owed.id AS row, owed.debt - owed.debt_waived - coalesce(paid.total, 0) AS expected,"
        " owed.debt_remaining AS found FROM credits_revocation AS owed"
        f" LEFT JOIN {_OF_ENTRIES.format(what='-amount', kind='repay')} AS paid ON paid.id = owed.id::text"
        " WHERE owed.restored_at IS NULL"
        " AND owed.debt_remaining <> owed.debt - owed.debt_waived - coalesce(paid.total, 0)"
    ),
    "debt.restored": (
        "SELECT 'revocation ' || id AS row, 0 AS expected, debt_remaining AS found FROM credits_revocation"
        " WHERE restored_at IS NOT NULL AND debt_remaining <> 0"
    ),
    "debt.waived": (
        "SELECT 'revocation ' || owed.id AS row, coalesce(waived.total, 0) AS expected, owed.debt_waived AS found"
        f" FROM credits_revocation AS owed LEFT JOIN {_OF_ENTRIES.format(what='units', kind='waive')} AS waived"
        " ON waived.id = owed.id::text WHERE owed.debt_waived <> coalesce(waived.total, 0)"
    ),
    "debt.taken": (
        "SELECT 'revocation ' || owed.id AS row, owed.revoked AS expected, coalesce(-sum(entry.amount), 0) AS found"
        " FROM credits_revocation AS owed LEFT JOIN credits_entry AS entry ON entry.key = 'reverse:' || owed.key"
        " GROUP BY owed.id, owed.revoked HAVING owed.revoked <> coalesce(-sum(entry.amount), 0)"
    ),
}
