"""Objects that a table makes without the model's own constructor."""

import pytest

from apps.core.trips import Table
from apps.credits.models import Entry, Hold

ENTRIES, HOLDS = Table(Entry), Table(Hold)


def test_a_new_object_is_what_the_model_would_make(db):
    given = {"kind": "hold", "key": "hold:1:credits", "unit": "credits", "member_id": 3, "hold_id": 4}
    made, usual = ENTRIES.new(**given), Entry(**given)

    skipped = {"at"}  # a clock is asked anew for each
    assert {name: getattr(made, name) for name in ENTRIES.names if name not in skipped} == {
        name: getattr(usual, name) for name in ENTRIES.names if name not in skipped
    }
    assert (made._state.adding, made._state.db, made.pk) == (True, None, None)
    assert made.grants is not ENTRIES.new(**given).grants, "no two share a list"


def test_a_name_that_is_no_column_is_refused():
    with pytest.raises(TypeError, match=r"credits_hold has no colour, job$"):
        HOLDS.new(key="a", job=None, colour="red")
