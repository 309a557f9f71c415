"""Played from the first entry on, each follows from the one before, and says which lots moved.

A step is compared with the step before and not with a sum from the beginning: one wrong row is then one difference and
not one for every row after it, and by induction nothing is missed.
"""

LAWS = {
    "entry.number": (
        "SELECT 'entry ' || seq AS row, seq_before + 1 AS expected, seq AS found FROM step WHERE seq <> seq_before + 1"
    ),
    "entry.balance": (
        "SELECT 'entry ' || seq AS row, balance_before + amount AS expected, balance_after AS found FROM step"
        " WHERE balance_after <> balance_before + amount"
    ),
    "entry.held": (
        "SELECT 'entry ' || seq AS row, held_before + held_delta AS expected, held_after AS found FROM step"
        " WHERE held_after <> held_before + held_delta"
    ),
    "entry.lots": "SELECT 'entry ' || seq AS row, lots AS expected, amount AS found FROM uneven WHERE amount <> lots",
    "entry.held_lots": (
        "SELECT 'entry ' || seq AS row, held_lots AS expected, held_delta AS found FROM uneven"
        " WHERE held_delta <> held_lots"
    ),
    "entry.key_twice": (
        "SELECT 'entry ' || max(seq) AS row, 1 AS expected, count(*) AS found FROM credits_entry GROUP BY key"
        " HAVING count(*) > 1"
    ),
    "entry.unknown_lot": (
        "SELECT 'entry ' || line.seq AS row, 0 AS expected, line.grant_id AS found FROM line"
        " LEFT JOIN credits_grant AS known ON known.id = line.grant_id AND known.unit = line.unit"
        " WHERE known.id IS NULL"
    ),
    "entry.without_hold": (
        "SELECT 'entry ' || entry.seq AS row, 1 AS expected, 0 AS found FROM credits_entry AS entry"
        " LEFT JOIN credits_hold AS hold ON hold.id = entry.hold_id"
        " WHERE entry.kind IN ('hold', 'capture', 'release') AND hold.id IS NULL"
    ),
}
