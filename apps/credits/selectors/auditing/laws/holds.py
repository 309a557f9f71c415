"""An act is paid once: a hold is captured at most once, for exactly its price, and sets nothing aside afterwards."""

_CHARGED = (
    "SELECT 'hold ' || hold.id AS row, hold.{column} AS expected, coalesce(act.{charged}, 0) AS found"
    " FROM credits_hold AS hold LEFT JOIN act ON act.hold_id = hold.id"
    " WHERE hold.{column} <> coalesce(act.{charged}, 0)"
)
_OF_CREDIT_UNITS = "(hold.units - coalesce(price.units, 0)) * hold.unit_credits"
LAWS = {
    "hold.captured_twice": (
        "SELECT 'hold ' || hold_id AS row, 1 AS expected, greatest(captures, bought_captures) AS found FROM act"
        " WHERE captures > 1 OR bought_captures > 1"
    ),
    "hold.key_twice": (
        "SELECT 'hold ' || max(id) AS row, 1 AS expected, count(*) AS found FROM credits_hold"
        " WHERE state <> 'released' GROUP BY key HAVING count(*) > 1"
    ),
    "hold.state": (
        "SELECT 'hold ' || hold.id AS row, (hold.state = 'captured')::int AS expected,"
        " least(coalesce(act.captures, 0), 1) AS found FROM credits_hold AS hold"
        " LEFT JOIN act ON act.hold_id = hold.id"
        " WHERE (hold.state = 'captured') <> (coalesce(act.captures, 0) > 0)"
    ),
    "hold.credits": _CHARGED.format(column="captured_credits", charged="credits"),
    "hold.units": _CHARGED.format(column="captured_units", charged="units"),
    "hold.held": (
        "SELECT 'hold ' || coalesce(aside.hold_id, act.hold_id) AS row, coalesce(aside.total, 0) AS expected,"
        " coalesce(act.held, 0) AS found"
        " FROM (SELECT hold_id, sum(amount) AS total FROM open_draw GROUP BY hold_id) AS aside"
        " FULL JOIN act ON act.hold_id = aside.hold_id WHERE coalesce(aside.total, 0) <> coalesce(act.held, 0)"
    ),
    "hold.price": (
        f"SELECT 'hold ' || hold.id AS row, {_OF_CREDIT_UNITS} AS expected, coalesce(price.credits, 0) AS found"
        " FROM credits_hold AS hold LEFT JOIN price ON price.hold_id = hold.id"
        f" WHERE coalesce(price.credits, 0) <> hold.credits OR {_OF_CREDIT_UNITS} <> hold.credits"
    ),
}
