"""The door of paid acts: nothing behind it runs unless its price is set aside, and nothing is kept unpaid."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from rest_framework.request import Request

from apps.accounts.models import User
from apps.core.numbers import read_number
from apps.jobs.errors import KeyRequired
from apps.jobs.idempotency import idempotent

from .errors import MaxCreditsInvalid
from .models import Hold
from .selectors import check_plan, compute_balance
from .services import Charge, capture_hold, hold_credits, release_hold

View = Callable[..., HttpResponseBase]
_MOST_DIGITS = 12


@dataclass(frozen=True)
class Purchase:
    """What a request wants to buy. `key` is the natural name of the act, or empty for the request's own key."""

    units: int = 1
    key: str = ""
    subject: tuple[str, str] = ("", "")


class _Refused(Exception):
    """Rolls back what a view wrote before it answered with an error."""

    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response


def _buy_one(_request: HttpRequest | Request, **_kwargs: Any) -> Purchase:
    return Purchase()


def requires_credits(action: str, *, describe: Callable[..., Purchase] = _buy_one) -> Callable[[View], View]:
    """Decorate an API view's method or a page's view that does a paid act.

    Before: the plan is checked, then `describe(request, **kwargs)` validates the request and says what is bought
    (units, natural key, subject), then the price is held; `request.hold` is the hold. After: an answer below 400 is
    captured in the same transaction as what the view wrote; 202 stays held for the job that the view bound with
    `bind_hold`; an error answer or an exception rolls back and releases. So the view must not call the network: such
    work is a job.

    Where `describe` looks for things that may not exist it calls `check_cap` first, so that 403 comes before 404.

    An `Idempotency-Key` is required (a page's form may send it as `idempotency_key`) and an API answer is replayed.
    `max_credits` in body or query refuses a higher price. Answers carry X-Credits-Charged, -Held (202) and -Balance.
    """

    def decorate(view: View) -> View:
        def charge(*args: Any, **kwargs: Any) -> HttpResponseBase:
            request = _find_request(args)
            hold = _hold(request, action=action, describe=describe, kwargs=kwargs)
            request.hold = hold  # type: ignore[attr-defined]
            return _settle(hold, act=lambda: view(*args, **kwargs))

        charge_once = idempotent(required=True)(charge)

        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> HttpResponseBase:
            is_api = isinstance(_find_request(args), Request)
            return (charge_once if is_api else charge)(*args, **kwargs)

        for told in ("refused_with", "takes_headers"):
            setattr(wrapper, told, getattr(charge_once, told))
        return wrapper

    return decorate


def set_credit_headers(
    response: HttpResponseBase, *, charged: int | None = None, held: int | None = None, balance: int
) -> None:
    """Tell the caller what an act cost, or what is set aside for it, and what the team has."""
    if charged is not None:
        response["X-Credits-Charged"] = str(charged)
    if held is not None:
        response["X-Credits-Held"] = str(held)
    response["X-Credits-Balance"] = str(balance)


def read_max_credits(request: HttpRequest | Request) -> int | None:
    """The most that the caller agreed to pay, from body or query; None when not said. Raises a 400 on nonsense."""
    raw = _read_field(request, "max_credits")
    if raw in (None, ""):
        return None
    number = None if isinstance(raw, bool) else read_number(str(raw), digits=_MOST_DIGITS)
    if number is None:
        raise MaxCreditsInvalid(details={"max_credits": ["A whole number of credits, 0 or more."]})
    return number


def _hold(
    request: HttpRequest | Request, *, action: str, describe: Callable[..., Purchase], kwargs: dict[str, Any]
) -> Hold:
    member = _member_of(request)
    own_key = _own_key(request, action=action, member=member)
    check_plan(action)
    purchase = describe(request, **kwargs)
    return hold_credits(
        action=action,
        units=purchase.units,
        key=purchase.key or own_key,
        member=member,
        subject=purchase.subject,
        max_credits=read_max_credits(request),
    )


def _settle(hold: Hold, *, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    try:
        response, charge = _act_and_capture(hold, act=act)
    except _Refused as refused:
        release_hold(key=hold.key)
        return refused.response
    except BaseException:
        release_hold(key=hold.key)
        raise
    if charge is None:
        set_credit_headers(response, held=hold.credits, balance=compute_balance()["balance"])
    else:
        set_credit_headers(response, charged=0 if charge.replayed else charge.credits, balance=charge.balance)
    return response


def _act_and_capture(hold: Hold, *, act: Callable[[], HttpResponseBase]) -> tuple[HttpResponseBase, Charge | None]:
    with transaction.atomic():
        response = act()
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            raise _Refused(response)
        if response.status_code == HTTPStatus.ACCEPTED:
            return response, None
        return response, capture_hold(key=hold.key)


def _find_request(args: tuple[Any, ...]) -> HttpRequest | Request:
    """The view's request: first argument of a function, second of a method."""
    return next(arg for arg in args[:2] if isinstance(arg, HttpRequest | Request))


def _member_of(request: HttpRequest | Request) -> User:
    """The member who pays; an API key acts as the team and counts against its maker."""
    member: User = request.membership.user  # type: ignore[union-attr]
    return member


def _own_key(request: HttpRequest | Request, *, action: str, member: User) -> str:
    sent = request.headers.get("Idempotency-Key", "").strip() or str(_read_field(request, "idempotency_key") or "")
    if not sent:
        raise KeyRequired
    return f"{action}:{member.pk}:{hashlib.sha256(sent.encode()).hexdigest()[:40]}"


def _read_field(request: HttpRequest | Request, name: str) -> Any:
    body = request.data if isinstance(request, Request) else request.POST
    found = body.get(name) if hasattr(body, "get") else None
    return request.GET.get(name) if found is None else found
