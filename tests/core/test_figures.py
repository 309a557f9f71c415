"""How numbers and times are written on pages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from apps.core.templatetags import figures

METRIC = {"value": 3.4159, "unit": "percent", "status": "computed"}


@pytest.mark.parametrize(
    ("value", "text"), [(1_234_567, "1,234,567"), (0, "0"), (-12, "−12"), (152_606.4, "152,606"), (None, "")]
)
def test_exact_numbers(value, text):
    assert figures.exact(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (9_999, "9,999"),
        (10_000, "10K"),
        (48_330, "48.3K"),
        (284_120, "284K"),
        (1_204_551, "1.2M"),
        (2_500_000_000, "2.5B"),
        (None, ""),
    ],
)
def test_short_numbers(value, text):
    assert figures.compact(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.4159, "3.42%"),
        (24.31, "24.3%"),
        (0.00341, "0.0034%"),
        (-0.0493, "−0.049%"),
        (1e-9, "0%"),
        (0, "0%"),
        (-1.5, "−1.5%"),
        (None, ""),
    ],
)
def test_percents(value, text):
    assert figures.percent(value) == text


@pytest.mark.parametrize(("value", "text"), [(24.3, "24%"), (0.4, "<1%"), (0, "0%"), (100, "100%"), (None, "")])
def test_shares(value, text):
    assert figures.share(value) == text


@pytest.mark.parametrize(
    ("metric", "text"),
    [
        (METRIC, "3.42%"),
        ({"value": 17_628.0, "unit": "count", "status": "computed"}, "17,628"),
        ({"value": 512_345_678, "unit": "count", "status": "observed"}, "512M"),
        ({"value": 2.24, "unit": "per_week", "status": "computed"}, "2.2"),
        ({"value": 0.271, "unit": "score", "status": "estimated"}, "+0.27"),
        ({"value": "travel", "unit": "label", "status": "estimated"}, "travel"),
        ({"value": [{"tag": "x"}], "unit": "table", "status": "computed"}, ""),
    ],
)
def test_a_metric_is_written_in_its_unit(metric, text):
    assert figures.metric_text(metric) == text


@pytest.mark.parametrize("metric", [{**METRIC, "value": None}, {**METRIC, "status": "unavailable"}, None])
def test_an_unavailable_metric_is_no_number(metric):
    assert figures.metric_text(metric) == ""
    assert figures.metric_change(metric) == ""


def test_a_change_has_its_sign():
    assert figures.metric_change({**METRIC, "value": 1.53}) == "+1.53%"
    assert figures.metric_change({**METRIC, "value": -1.53}) == "−1.53%"
    assert figures.signed(4_281) == "+4,281"


def test_times_are_written_in_utc_and_in_words():
    assert figures.moment("2026-11-18T08:40:00+02:00") == "18 Nov 2026, 06:40 UTC"
    assert figures.day(datetime(2026, 11, 8, tzinfo=UTC)) == "8 Nov 2026"
    assert figures.moment(None) == ""


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=14), "14 min ago"),
        (timedelta(hours=3, minutes=50), "3 h ago"),
        (timedelta(days=2), "2 d ago"),
        (timedelta(days=70), "2 mo ago"),
        (timedelta(days=800), "2 y ago"),
    ],
)
def test_how_long_ago(passed, words):
    assert figures.ago(timezone.now() - passed - timedelta(milliseconds=10)) == words


def test_a_trend_needs_two_values():
    assert figures.spark([5]) == ""
    assert figures.spark([None, 5]) == ""
    assert figures.spark([1, 3], "10x10") == "0.0,8.0 10.0,2.0"


def test_money_drops_round_cents():
    assert (figures.money(19_900), figures.money(15_920), figures.money(5_000, "AED")) == ("$199", "$159.20", "50 AED")
    assert (figures.money(-19_900), figures.money(-50, "AED")) == ("−$199", "−0.50 AED")


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (19_900, "JPY", "19,900 JPY"), (0, "JPY", "0 JPY"), (-5, "KRW", "−5 KRW"), (1_500, "KWD", "1.500 KWD"),
        (2_000, "KWD", "2 KWD"), (100, "UGX", "1 UGX"), (5, "EUR", "0.05 EUR"), (123_456_789, "USD", "$1,234,567.89"),
    ],
)  # fmt: skip
def test_money_has_the_digits_of_its_currency(amount, currency, text):
    assert figures.money(amount, currency) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.5, "+2.5"), (-2.5, "−2.5"), (0.004, "0"), (-0.004, "0"), (0, "0"), (0.0, "0"), (1200, "+1,200"), (None, "")],
)
def test_a_change_has_its_sign_unless_it_rounds_to_nothing(value, text):
    assert figures.signed(value) == text
