"""Amounts in full, with the digits of their currency."""

import pytest

from apps.core.money import write_amount

WRITTEN = [
    (19_900, "USD", "199.00 USD"), (1_234_567, "EUR", "12,345.67 EUR"), (19_900, "JPY", "19,900 JPY"),
    (1_500, "KWD", "1.500 KWD"), (-5, "USD", "-0.05 USD"), (0, "JPY", "0 JPY"),
]  # fmt: skip


@pytest.mark.parametrize(("amount", "currency", "words"), WRITTEN)
def test_an_amount_is_written_in_full(amount, currency, words):
    assert write_amount(amount, currency) == words
