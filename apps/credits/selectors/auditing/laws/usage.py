"""The period's counters are the holds that are open or captured, by member, action and period."""


def _compare(column: str) -> str:
    return (
        "SELECT coalesce('counter ' || counter.id, 'hold ' || used.hold_id) AS row,"
        f" coalesce(used.{column}, 0) AS expected, coalesce(counter.{column}, 0) AS found"
        " FROM used FULL JOIN credits_usagecounter AS counter USING (period_start, member_id, action)"
        f" WHERE coalesce(used.{column}, 0) <> coalesce(counter.{column}, 0)"
    )


LAWS = {
    "counter.units": _compare("units"),
    "counter.credits": _compare("credits"),
    "counter.allowance": _compare("allowance_units"),
    "counter.free": _compare("free_units"),
}
