"""Each lot came once, under a key of its own, and is what its entries made of it; nothing outlives its end."""

_REPLAYED = (
    "SELECT 'grant ' || credits_grant.id AS row, coalesce(lot.{moved}, 0) AS expected, credits_grant.{column} AS found"
    " FROM credits_grant LEFT JOIN lot ON lot.grant_id = credits_grant.id"
    " WHERE credits_grant.{column} <> coalesce(lot.{moved}, 0)"
)
LAWS = {
    "grant.remaining": _REPLAYED.format(column="remaining", moved="amount"),
    "grant.held": _REPLAYED.format(column="held", moved="held_delta"),
    "grant.amount": (
        "SELECT 'grant ' || came.id AS row, came.amount AS expected, coalesce(sum(entry.amount), 0) AS found"
        " FROM credits_grant AS came LEFT JOIN credits_entry AS entry ON entry.key = 'grant:' || came.source_key"
        " GROUP BY came.id, came.amount HAVING came.amount <> coalesce(sum(entry.amount), 0)"
    ),
    "grant.key_twice": (
        "SELECT 'grant ' || max(id) AS row, 1 AS expected, count(*) AS found FROM credits_grant GROUP BY source_key"
        " HAVING count(*) > 1"
    ),
    "grant.missing": (
        "SELECT 'entry ' || entry.seq AS row, entry.amount AS expected, 0 AS found FROM credits_entry AS entry"
        " LEFT JOIN credits_grant AS came ON entry.key = 'grant:' || came.source_key"
        " WHERE entry.kind = 'grant' AND came.id IS NULL"
    ),
    # Every session of the books expires first what has ended, so after an entry nothing free may be left of it.
    "grant.outlived": (
        "SELECT 'grant ' || id AS row, held AS expected, remaining AS found FROM credits_grant"
        " WHERE remaining > held AND expires_at <= (SELECT max(at) FROM credits_entry)"
    ),
    "grant.drawn_late": (
        "SELECT 'grant ' || credits_grant.id AS row, 0 AS expected, credits_grant.amount AS found FROM credits_grant"
        " JOIN lot ON lot.grant_id = credits_grant.id WHERE credits_grant.expires_at <= lot.drawn_at"
    ),
}
