"""`Idempotency-Key`: a write that is sent twice happens once and is answered twice.

The key belongs to one team and actor for 24 hours and is bound at first use to method, path, query and body. Only 2xx
answers are kept, so a refusal (402 before a top-up, say) can be tried again with the same key.
"""

import hashlib
import zlib
from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.http import HttpResponse, HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from apps.jobs.errors import KeyInvalid, KeyRequired, KeyReusedForOtherRequest, RequestInProgress
from apps.jobs.models import IdempotencyRecord, Job
from apps.jobs.selectors import show_job
from apps.jobs.services.remembering import bind_key, open_key, store_answer

KEPT_HEADERS = ("ETag", "Location", "X-Credits-Charged", "X-Credits-Held", "X-Credits-Balance", "Preference-Applied")
KEY_HEADER = {
    "name": "Idempotency-Key",
    "description": "Your name for this attempt. The same request under it again gets the same answer.",
}
View = Callable[..., Any]


_KEY_REFUSALS = (KeyInvalid, KeyReusedForOtherRequest, RequestInProgress)


def idempotent(*, required: bool = False) -> Callable[[View], View]:
    """Decorate an API view's method. `required=True` (paid acts) refuses a request without a key.

    Raises 400 `idempotency.key_required`, 409 `idempotency.key_reused` for another request under the same key, 409
    `idempotency.in_progress` while the first still runs. A crash leaves the key running until its lease ends; then
    the repeated request runs again, and the services' own natural keys keep it from happening twice.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(self: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            key = read_key(request, required=required)
            if not key:
                return view(self, request, *args, **kwargs)
            record = bind_key(
                team=getattr(request, "team", None), actor=actor_of(request), key=key, fingerprint=fingerprint(request)
            )
            if record.state == IdempotencyRecord.State.DONE:
                return replay(record)
            return _answer_once(record, lambda: view(self, request, *args, **kwargs))

        own = (KeyRequired,) if required else ()
        wrapper.refused_with = (*own, *_KEY_REFUSALS, *getattr(view, "refused_with", ()))  # type: ignore[attr-defined]
        wrapper.takes_headers = ({**KEY_HEADER, "required": required},)  # type: ignore[attr-defined]
        return wrapper

    return decorate


def read_key(request: Request, *, required: bool) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key and required:
        raise KeyRequired
    if len(key) > 255 or not key.isprintable():
        raise KeyInvalid
    return key


def actor_of(request: Request) -> str:
    """The API key where one was used, else the user."""
    api_key = getattr(request.auth, "api_key_id", None)
    return f"key:{api_key}" if api_key else f"user:{request.user.pk}"


def fingerprint(request: Request) -> str:
    """Of method, path, query and body, byte for byte."""
    digest = hashlib.sha256()
    for part in (str(request.method).encode(), request.get_full_path().encode(), request._request.body):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _answer_once(record: IdempotencyRecord, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    try:
        response = view()
    except BaseException:
        open_key(record)
        raise
    if 200 <= response.status_code < 300 and not response.streaming:
        body = _body_of(response)
        headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        store_answer(record, status=response.status_code, headers=headers, body=body, job_id=_job_id(response))
    else:
        open_key(record)
    return response


def _body_of(response: HttpResponseBase) -> bytes:
    if isinstance(response, Response):
        raw = orjson.dumps(response.data, default=JSONEncoder().default) if response.data is not None else b""
    else:
        raw = response.content if isinstance(response, HttpResponse) else b""
    return zlib.compress(raw)


def _job_id(response: HttpResponseBase) -> str | None:
    data = getattr(response, "data", None)
    if response.status_code != 202 or not isinstance(data, dict):
        return None
    job_id: str | None = (data.get("job") or {}).get("id")
    return job_id


def replay(record: IdempotencyRecord) -> HttpResponse | Response:
    """The stored answer again; a 202 shows its job as it is now."""
    headers = {**record.headers, "Idempotent-Replay": "true"}
    if record.job_id is not None:
        job = Job.objects.select_related("team").get(pk=record.job_id)
        return Response({"job": show_job(job)}, status=record.status, headers=headers)
    body = zlib.decompress(bytes(record.body))
    response = HttpResponse(body, status=record.status, content_type="application/json")
    for name, value in headers.items():
        response[name] = value
    return response
