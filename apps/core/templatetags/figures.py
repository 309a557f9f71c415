"""How numbers and times are written on pages. What is not known is written in words, never as a number."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import floor, log10
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.core.money import to_whole

register = template.Library()

_COMPACT = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K"))
_SPANS = ((365, "y"), (30, "mo"), (1, "d"))
_MINUS = "−"


@register.filter
def exact(value: Any) -> str:
    """1234567 → "1,234,567"; nothing for None."""
    return "" if value is None else f"{round(value):,}".replace("-", _MINUS)


@register.filter
def compact(value: Any) -> str:
    """1234567 → "1.2M", 9999 → "9,999": short where exactness does not help."""
    if value is None:
        return ""
    for size, letter in _COMPACT:
        if abs(value) >= size and abs(value) >= 10_000:
            short = value / size
            digits = 0 if abs(short) >= 100 else 1
            return f"{short:.{digits}f}".removesuffix(".0").replace("-", _MINUS) + letter
    return exact(value)


@register.filter
def percent(value: Any) -> str:
    """3.4159 → "3.42%", 24.31 → "24.3%", 0.00341 → "0.0034%"; nothing for None. The value is in percent already."""
    if value is None:
        return ""
    digits = 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 or not value else min(6, 1 - floor(log10(abs(value))))
    return f"{_trim(f'{value:.{digits}f}')}%".replace("-", _MINUS)


@register.filter
def share(value: Any) -> str:
    """24.3 → "24%", 0.4 → "<1%": a share in percent, for bars and lists."""
    if value is None:
        return ""
    return "<1%" if 0 < value < 1 else f"{value:.0f}%"


@register.filter
def signed(value: Any, unit: str = "") -> str:
    """2.5 → "+2.5", 0.004 → "0": a change, with its sign; what rounds to nothing has none."""
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) else _trim(f"{value:,.2f}")
    if text in {"0", "-0"}:
        return f"0{unit}"
    return ("+" if value > 0 else "") + text.replace("-", _MINUS) + unit


@register.filter
def money(cents: int | None, currency: str = "USD") -> str:
    """19900 → "$199", 15920 → "$159.20"; 19900 in JPY → "19,900 JPY"."""
    if cents is None:
        return ""
    sign = _MINUS if cents < 0 else ""
    whole, _, rest = f"{to_whole(abs(cents), currency):,f}".partition(".")
    amount = f"{whole}.{rest}" if rest.strip("0") else whole
    return f"{sign}${amount}" if currency == "USD" else f"{sign}{amount} {currency}"


@register.filter
def dollars(value: Any) -> str:
    """1240.4 → "$1,240", 12.34 → "$12.34", 0.0213 → "$0.021"; nothing for None."""
    if value is None:
        return ""
    digits = 0 if abs(value) >= 100 else 2 if abs(value) >= 0.1 or not value else 3
    return f"{_MINUS if value < 0 else ''}${abs(value):,.{digits}f}"


@register.filter
def metric_text(metric: Any) -> str:
    """A metric's value as text in its unit; empty when it is unavailable."""
    value, unit = _pick(metric, "value"), str(_pick(metric, "unit") or "")
    if value is None or _pick(metric, "status") == "unavailable":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return ""
    return _in_unit(value, unit)


@register.filter
def metric_change(metric: Any) -> str:
    """The same with its sign, for growth: 2.5 percent → "+2.5%"."""
    value = _pick(metric, "value")
    text = metric_text(metric)
    return f"+{text}" if text and value > 0 else text


def _in_unit(value: Any, unit: str) -> str:
    if unit in _WRITTEN:
        return _WRITTEN[unit](value)
    return compact(value) if abs(value) >= 10_000_000 else exact(value)


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "percent": percent,
    "usd": dollars,
    "score": lambda value: signed(float(value)),
    "ratio": lambda value: _trim(f"{value:.3f}"),
    "per_week": lambda value: _trim(f"{value:.1f}"),
    "points": lambda value: _trim(f"{value:.1f}"),
}


def as_time(value: Any) -> datetime | None:
    """A datetime, or the ISO text of one, in UTC."""
    moment = parse_datetime(value) if isinstance(value, str) else value
    if moment is None:
        return None
    return moment.astimezone(UTC) if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)


@register.filter
def moment(value: Any) -> str:
    """ "18 Nov 2026, 06:40 UTC"."""
    at = as_time(value)
    return f"{at.day} {at:%b %Y, %H:%M} UTC" if at else ""


@register.filter
def day(value: Any) -> str:
    """ "18 Nov 2026"."""
    at = as_time(value)
    return f"{at.day} {at:%b %Y}" if at else ""


@register.filter
def ago(value: Any) -> str:
    """ "just now", "14 min ago", "3 h ago", "2 d ago", "5 mo ago"."""
    at = as_time(value)
    if at is None:
        return ""
    passed = timezone.now() - at
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return f"{passed.seconds // 60} min ago"
    if passed < timedelta(days=1):
        return f"{passed.seconds // 3600} h ago"
    days, letter = next((size, letter) for size, letter in _SPANS if passed.days >= size)
    return f"{passed.days // days} {letter} ago"


@register.filter
def spark(values: Sequence[float], size: str = "96x28") -> str:
    """Points of an inline `<polyline>`; nothing for fewer than two values, which show no trend."""
    values = [value for value in values or [] if value is not None]
    if len(values) < 2:
        return ""
    width, height = (float(side) for side in size.split("x"))
    low, span = min(values), (max(values) - min(values)) or 1
    step = width / (len(values) - 1)
    return " ".join(
        f"{at * step:.1f},{height - 2 - (y - low) / span * (height - 4):.1f}" for at, y in enumerate(values)
    )


@register.filter
def of(part: Any, whole: Any) -> float:
    """Part of a whole in percent, for bar widths: 0 to 100."""
    return min(100.0, round(100 * float(part or 0) / float(whole), 1)) if whole else 0


@register.filter
def hundredfold(value: Any) -> float | None:
    """A confidence from 0 to 1 as percent."""
    return None if value is None else 100 * float(value)


@register.filter
def width(value: Any) -> float:
    """A share in percent as a bar's width: 0 to 100."""
    return min(100.0, max(0.0, round(float(value or 0), 1)))


def _pick(metric: Any, key: str) -> Any:
    return metric.get(key) if isinstance(metric, Mapping) else getattr(metric, key, None)


def _trim(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number
