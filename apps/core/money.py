"""Amounts of money: whole numbers of a currency's smallest unit, as the payment provider counts them too."""

from decimal import Decimal

# Digits after the point where they are not two (ISO 4217). The provider counts krónur and shillings in hundredths.
_DIGITS = {
    **dict.fromkeys(
        ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"], 0
    ),
    **dict.fromkeys(["BHD", "JOD", "KWD", "OMR", "TND"], 3),
}


def count_digits(currency: str) -> int:
    """How many digits after the point the currency has: 2 for USD, 0 for JPY, 3 for KWD."""
    return _DIGITS.get(currency.upper(), 2)


def to_whole(amount: int, currency: str) -> Decimal:
    """19900 in USD → 199.00; 19900 in JPY → 19900."""
    return Decimal(amount).scaleb(-count_digits(currency))


def write_amount(amount: int, currency: str) -> str:
    """19900 in USD → "199.00 USD": an amount in full, for the operator."""
    return f"{to_whole(amount, currency):,f} {currency}"
