"""What several laws read, computed once: a pass over all entries is what costs."""

_PARTS = "jsonb_to_recordset(CASE jsonb_typeof({column}) WHEN 'array' THEN {column} ELSE '[]' END)"
_LINES = _PARTS.format(column="entry.grants") + ' AS part("grant" bigint, amount bigint, held_delta bigint)'
_DRAWS = _PARTS.format(column="entry.draws") + " AS part(source text, units bigint)"

# An open hold uses what it set aside, a captured one what was charged; the entry that says so lists what paid for it.
SOURCES = f"""
unit_sum AS MATERIALIZED (
  SELECT unit, sum(amount) AS amount, sum(held_delta) AS held_delta, max(seq) AS last
  FROM credits_entry GROUP BY unit
),
step AS MATERIALIZED (
  SELECT * FROM (
    SELECT seq, amount, held_delta, balance_after, held_after, lag(seq, 1, 0::bigint) OVER (ORDER BY seq) AS seq_before,
      lag(balance_after, 1, 0::bigint) OVER (PARTITION BY unit ORDER BY seq) AS balance_before,
      lag(held_after, 1, 0::bigint) OVER (PARTITION BY unit ORDER BY seq) AS held_before
    FROM credits_entry
  ) AS every
  WHERE seq <> seq_before + 1 OR balance_after <> balance_before + amount OR held_after <> held_before + held_delta
),
line AS MATERIALIZED (
  SELECT entry.seq, entry.unit, entry.at, entry.kind = 'hold' AS draws, part."grant" AS grant_id, part.amount,
    part.held_delta
  FROM credits_entry AS entry, {_LINES}
),
lot AS MATERIALIZED (
  SELECT grant_id, sum(amount) AS amount, sum(held_delta) AS held_delta,
    max(at) FILTER (WHERE draws AND held_delta > 0) AS drawn_at
  FROM line GROUP BY grant_id
),
uneven AS MATERIALIZED (
  SELECT entry.seq, entry.amount, entry.held_delta, moved.amount AS lots, moved.held_delta AS held_lots
  FROM credits_entry AS entry, LATERAL (
    SELECT coalesce(sum(amount), 0) AS amount, coalesce(sum(held_delta), 0) AS held_delta FROM {_LINES}
  ) AS moved
  WHERE entry.amount <> moved.amount OR entry.held_delta <> moved.held_delta
),
act AS MATERIALIZED (
  SELECT hold_id, count(*) FILTER (WHERE kind = 'capture' AND unit = 'credits') AS captures,
    count(*) FILTER (WHERE kind = 'capture' AND unit <> 'credits') AS bought_captures,
    coalesce(-sum(amount) FILTER (WHERE kind = 'capture' AND unit = 'credits'), 0) AS credits,
    coalesce(sum(units) FILTER (WHERE kind = 'capture' AND unit = 'credits'), 0) AS units,
    sum(held_delta) AS held
  FROM credits_entry WHERE hold_id IS NOT NULL GROUP BY hold_id
),
price AS MATERIALIZED (
  SELECT hold_id, sum(units) AS units, sum(credits) AS credits FROM credits_holddraw GROUP BY hold_id
),
open_draw AS MATERIALIZED (
  SELECT hold.id AS hold_id, CASE draw.source WHEN 'credits' THEN 'credits' ELSE hold.action END AS unit,
    CASE draw.source WHEN 'credits' THEN draw.credits ELSE draw.units END AS amount
  FROM credits_hold AS hold JOIN credits_holddraw AS draw ON draw.hold_id = hold.id
  WHERE hold.state = 'held' AND draw.source IN ('credits', 'bought')
),
drawn AS (
  SELECT entry.hold_id, entry.kind, sum(part.units) FILTER (WHERE part.source = 'allowance') AS allowance,
    sum(part.units) FILTER (WHERE part.source = 'free') AS free
  FROM credits_entry AS entry, {_DRAWS}
  WHERE entry.kind IN ('hold', 'capture') AND part.source IN ('allowance', 'free') GROUP BY entry.hold_id, entry.kind
),
used AS MATERIALIZED (
  SELECT hold.period_start, hold.member_id, hold.action, max(hold.id) AS hold_id,
    sum(CASE hold.state WHEN 'captured' THEN hold.captured_units ELSE hold.units END) AS units,
    sum(CASE hold.state WHEN 'captured' THEN hold.captured_credits ELSE hold.credits END) AS credits,
    coalesce(sum(drawn.allowance), 0) AS allowance_units, coalesce(sum(drawn.free), 0) AS free_units
  FROM credits_hold AS hold LEFT JOIN drawn
    ON drawn.hold_id = hold.id AND drawn.kind = CASE hold.state WHEN 'captured' THEN 'capture' ELSE 'hold' END
  WHERE hold.state <> 'released' GROUP BY hold.period_start, hold.member_id, hold.action
)"""
