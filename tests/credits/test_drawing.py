"""What pays for an act, as a calculation."""

from hypothesis import given
from hypothesis import strategies as st

from apps.credits.selectors.drawing import DrawLine, Funds, Lot, Source, plan_draw
from apps.credits.services.settling import split_lines

LOTS = st.lists(st.builds(Lot, grant_id=st.integers(1, 99), free=st.integers(1, 60)), max_size=4).map(tuple)
FUNDS = st.builds(Funds, allowance=st.integers(0, 6), free=st.integers(0, 6), bought=LOTS, credits=LOTS)


def test_allowance_then_free_then_bought_then_credits():
    funds = Funds(allowance=1, free=1, bought=(Lot(7, 1),), credits=(Lot(8, 30), Lot(9, 100)))

    draw = plan_draw(funds=funds, units=5, unit_credits=25)

    assert draw.lines == (
        DrawLine(Source.ALLOWANCE, units=1),
        DrawLine(Source.FREE, units=1),
        DrawLine(Source.BOUGHT, units=1, grant_id=7),
        DrawLine(Source.CREDITS, credits=30, grant_id=8),
        DrawLine(Source.CREDITS, credits=20, grant_id=9),
    )
    assert (draw.credits, draw.missing_units, draw.missing_credits) == (50, 0, 0)


def test_what_is_missing_is_told_in_units_and_credits():
    draw = plan_draw(funds=Funds(credits=(Lot(1, 30),)), units=3, unit_credits=25)

    assert (draw.missing_units, draw.missing_credits, draw.credits) == (2, 45, 75)
    assert draw.as_list() == [{"source": "credits", "units": 3, "credits": 75}]


def test_an_act_without_a_price_is_free():
    draw = plan_draw(funds=Funds(), units=500, unit_credits=0)

    assert draw.is_covered
    assert draw.as_list() == [{"source": "free", "units": 500, "credits": 0}]


@given(funds=FUNDS, units=st.integers(1, 12), price=st.integers(0, 30))
def test_a_draw_is_whole_and_takes_nothing_that_is_not_there(funds, units, price):
    draw = plan_draw(funds=funds, units=units, unit_credits=price)

    paid = sum(line.credits for line in draw.lines)
    assert draw.count(Source.ALLOWANCE) <= funds.allowance
    assert draw.count(Source.BOUGHT) <= sum(lot.free for lot in funds.bought)
    assert paid <= sum(lot.free for lot in funds.credits)
    assert paid + draw.missing_credits == draw.credits == draw.credit_units * price
    assert sum(part["units"] for part in draw.as_list()) == units
    assert draw.is_covered == (draw.missing_credits == 0)
    if draw.count(Source.FREE) and price:
        assert draw.count(Source.ALLOWANCE) == min(units, funds.allowance)
    if draw.credit_units:
        assert draw.count(Source.ALLOWANCE) == funds.allowance
        assert draw.count(Source.BOUGHT) == sum(lot.free for lot in funds.bought)


@given(funds=FUNDS, units=st.integers(1, 12), price=st.integers(1, 30), data=st.data())
def test_a_split_hold_loses_and_invents_nothing(funds, units, price, data):
    draw = plan_draw(funds=funds, units=units, unit_credits=price)
    if not draw.is_covered:
        return
    wanted = data.draw(st.integers(1, units))

    taken, returned = split_lines(list(draw.lines), units=wanted, held_units=units, unit_credits=price)

    def total(lines):
        return sum(line.units for line in lines), sum(line.credits for line in lines)

    units_in_credits = wanted - total(taken)[0]
    assert total(taken)[1] == units_in_credits * price
    assert tuple(map(sum, zip(total(taken), total(returned), strict=True))) == total(draw.lines)
