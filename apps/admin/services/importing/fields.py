"""What a field may hold. Each raises `FieldWrong` with a stable code."""

import re
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_BCRYPT = re.compile(r"\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}")
_CURRENCY_MAX = 2_000_000_000
AMOUNT_MAX = 10_000_000_000


class FieldWrong(Exception):
    """A field is not what its column holds."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(code)


def read_id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise FieldWrong("id.invalid", text)
    return text


def read_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise FieldWrong("email.invalid", text) from error
    if len(text) > 254:
        raise FieldWrong("email.invalid", text)
    return text.lower()


def read_hash(text: str) -> str | None:
    """bcrypt as it was stored (`$2b$12$…`); nothing where there is none."""
    if text and not _BCRYPT.fullmatch(text):
        raise FieldWrong("password_hash.unsupported")
    return text or None


def read_flag(text: str) -> bool:
    if text.lower() not in {"", "true", "false"}:
        raise FieldWrong("flag.invalid", text)
    return text.lower() == "true"


def read_choice(text: str, choices: set[str], *, code: str) -> str:
    if text not in choices:
        raise FieldWrong(code, text)
    return text


def read_number(text: str, *, code: str, most: int = _CURRENCY_MAX) -> int:
    """A whole number from 0; below zero has a code of its own."""
    if re.fullmatch(r"-\d{1,18}", text):
        raise FieldWrong(f"{code}.negative", text)
    if not re.fullmatch(r"\d{1,18}", text, re.ASCII) or int(text) > most:
        raise FieldWrong(f"{code}.invalid", text)
    return int(text)


def read_time(text: str) -> datetime | None:
    """ISO 8601; without an offset it is UTC, a day is its beginning."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise FieldWrong("date.invalid", text) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
