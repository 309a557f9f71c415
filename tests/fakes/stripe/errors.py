"""What Stripe answers when it refuses: type, code, param and message as the SDK expects them."""

from typing import Any


class Refusal(Exception):
    """An answer that is an error. `keep` says whether an idempotency key remembers it (Stripe: once it has begun)."""

    def __init__(self, status: int, kind: str, message: str, *, keep: bool = True, **details: Any) -> None:
        super().__init__(message)
        self.status = status
        self.keep = keep
        self.error = {"type": kind, "message": message, **{k: v for k, v in details.items() if v is not None}}

    @property
    def body(self) -> dict[str, Any]:
        return {"error": self.error}


def invalid(message: str, *, param: str | None = None, code: str | None = None, keep: bool = True) -> Refusal:
    """400: the request makes no sense as it is."""
    return Refusal(400, "invalid_request_error", message, param=param, code=code, keep=keep)


def missing(what: str, id_: str, *, param: str = "id") -> Refusal:
    """404 on the object of the path, 400 on one named in a parameter: the code is the same."""
    status = 404 if param == "id" else 400
    message = f"No such {what}: '{id_}'"
    return Refusal(status, "invalid_request_error", message, param=param, code="resource_missing")


def unknown_route(method: str, path: str) -> Refusal:
    message = f"Unrecognized request URL ({method}: {path})."
    return Refusal(404, "invalid_request_error", message, keep=False)


def unauthorised() -> Refusal:
    return Refusal(401, "invalid_request_error", "Invalid API Key provided.", code="api_key_invalid", keep=False)


def declined(decline_code: str, *, charge: str | None = None, payment_intent: dict[str, Any] | None = None) -> Refusal:
    """402: the bank said no."""
    return Refusal(
        402, "card_error", DECLINES[decline_code], code=_code(decline_code), decline_code=decline_code,
        charge=charge, payment_intent=payment_intent,
    )  # fmt: skip


def decline_error(decline_code: str, charge: str) -> dict[str, Any]:
    """The same as it stands on a payment intent (`last_payment_error`)."""
    return declined(decline_code, charge=charge).error


def _code(decline_code: str) -> str:
    return decline_code if decline_code in {"authentication_required"} else "card_declined"


DECLINES = {
    "generic_decline": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "authentication_required": "Your card was declined. This transaction requires authentication.",
}
KEY_REUSED = (
    "Keys for idempotent requests can only be used with the same parameters they were first used with. "
    "Try using a key other than '{key}' if you meant to execute a different request."
)


def key_reused(key: str) -> Refusal:
    return Refusal(400, "idempotency_error", KEY_REUSED.format(key=key), keep=False)


def key_in_use(key: str) -> Refusal:
    message = f"There is currently another in-progress request using this Idempotent Key ({key})."
    return Refusal(409, "idempotency_error", message, code="idempotency_key_in_use", keep=False)
