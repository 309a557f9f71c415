"""sum(entries) = balance = sum(remaining), for the wallet's credits and for every unit by itself."""

_COMPARED = (
    "SELECT 'wallet' AS row, expected, found FROM (SELECT coalesce(({expected}), 0) AS expected,"
    " coalesce((SELECT {column} FROM credits_wallet), 0) AS found) AS sides WHERE expected <> found"
)
_UNITS = (
    "SELECT unit AS row, coalesce(ours, 0) AS expected, coalesce(theirs, 0) AS found FROM ({ours}) AS a"
    " FULL JOIN (SELECT unit, sum({theirs}) AS theirs FROM credits_grant GROUP BY unit) AS b USING (unit)"
    " WHERE coalesce(ours, 0) <> coalesce(theirs, 0)"
)


def _compare(column: str, *, expected: str) -> str:
    return _COMPARED.format(expected=expected, column=column)


LAWS = {
    "wallet.balance": _compare("balance", expected="SELECT amount FROM unit_sum WHERE unit = 'credits'"),
    "wallet.remaining": _compare("balance", expected="SELECT sum(remaining) FROM credits_grant WHERE unit = 'credits'"),
    "wallet.held": _compare("held", expected="SELECT held_delta FROM unit_sum WHERE unit = 'credits'"),
    "wallet.holds": _compare("held", expected="SELECT sum(credits) FROM credits_hold WHERE state = 'held'"),
    "wallet.number": _compare("seq", expected="SELECT max(last) FROM unit_sum"),
    "unit.remaining": _UNITS.format(ours="SELECT unit, amount AS ours FROM unit_sum", theirs="remaining"),
    "unit.held": _UNITS.format(ours="SELECT unit, held_delta AS ours FROM unit_sum", theirs="held"),
    "unit.holds": _UNITS.format(ours="SELECT unit, sum(amount) AS ours FROM open_draw GROUP BY unit", theirs="held"),
}
