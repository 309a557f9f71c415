"""Bringing a matter to the operator and answering it. What is written is also mailed, through the outbox."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from apps.core.typed import clean_line, clean_text
from apps.system.errors import SupportRequestFull, SupportRequestNotFound, SupportTextInvalid, TooManySupportRequests
from apps.system.mail.writing import write_mail
from apps.system.models import SupportMessage, SupportRequest

SUBJECT_MAX, TEXT_MAX = 150, 5000
OPEN_MAX, MESSAGES_MAX = 20, 100
_TEAM_LOCK = "SELECT pg_advisory_xact_lock(hashtext('system.support'), %s)"
State = SupportRequest.State


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, for which team, and how urgent the team's plan makes it."""

    team_id: int
    team_name: str
    member: Any
    priority: str


@transaction.atomic
def open_request(*, asker: Asker, subject: str, category: str, text: str) -> SupportRequest:
    """Write a request down, mail it to the support and acknowledge it to the member.

    Raises `SupportTextInvalid`, and `TooManySupportRequests` while 20 of the team are not closed.
    """
    subject, text = clean_line(subject), _clean(text)
    if not 0 < len(subject) <= SUBJECT_MAX or category not in SupportRequest.Category.values:
        raise SupportTextInvalid
    _refuse_too_many(asker.team_id)
    request = SupportRequest.objects.create(
        team_id=asker.team_id,
        team_name=asker.team_name,
        member=asker.member,
        subject=subject,
        category=category,
        priority=asker.priority,
    )
    message = SupportMessage.objects.create(request=request, author=asker.member, text=text)
    _tell_support(request, message)
    write_mail("support_received", to=[asker.member.email], context={"request": request, "message": message})
    return request


@transaction.atomic
def write_again(*, request_id: int, team_id: int, member: Any, text: str) -> SupportRequest:
    """Add what the member has to say; the request waits for the staff again, also when it was answered or closed.

    Raises `SupportTextInvalid`, `SupportRequestNotFound`, and `SupportRequestFull` after 100 messages.
    """
    text = _clean(text)
    request = _lock(request_id, team_id=team_id)
    if request.messages.count() >= MESSAGES_MAX:
        raise SupportRequestFull
    message = SupportMessage.objects.create(request=request, author=member, text=text)
    if request.state != State.OPEN:
        _move(request, State.OPEN, waiting_since=message.at)
    _tell_support(request, message)
    return request


@transaction.atomic
def answer_request(*, request_id: int, staff: Any, text: str) -> SupportRequest:
    """Write the staff's answer, and mail it to the member. Raises `SupportTextInvalid`, `SupportRequestNotFound`."""
    text = _clean(text)
    request = _lock(request_id)
    message = SupportMessage.objects.create(request=request, author=staff, text=text, from_staff=True)
    _move(request, State.ANSWERED)
    if request.member.is_active:
        write_mail("support_answer", to=[request.member.email], context={"request": request, "message": message})
    return request


@transaction.atomic
def close_request(*, request_id: int, team_id: int | None = None) -> SupportRequest:
    """Settle a request, by its team or by the staff (no `team_id`). Closing twice is harmless."""
    request = _lock(request_id, team_id=team_id)
    if request.state != State.CLOSED:
        _move(request, State.CLOSED, closed_at=timezone.now())
    return request


def _clean(text: str) -> str:
    text = clean_text(text)
    if not 0 < len(text) <= TEXT_MAX:
        raise SupportTextInvalid
    return text


def _refuse_too_many(team_id: int) -> None:
    """Counted under a lock of the team's own, so that parallel requests cannot pass the bound together."""
    with connection.cursor() as cursor:
        cursor.execute(_TEAM_LOCK, [team_id])
    if SupportRequest.objects.filter(team_id=team_id).exclude(state=State.CLOSED).count() >= OPEN_MAX:
        raise TooManySupportRequests(details={"open": OPEN_MAX})


def _lock(request_id: int, *, team_id: int | None = None) -> SupportRequest:
    known = SupportRequest.objects.select_for_update(of=("self",)).select_related("member").filter(pk=request_id)
    request = (known if team_id is None else known.filter(team_id=team_id)).first()
    if request is None:
        raise SupportRequestNotFound
    return request


def _move(request: SupportRequest, state: str, **fields: Any) -> None:
    changes = {"state": state, "closed_at": None, **fields}
    for field, value in changes.items():
        setattr(request, field, value)
    request.save(update_fields=list(changes))


def _tell_support(request: SupportRequest, message: SupportMessage) -> None:
    if settings.SUPPORT_EMAIL:
        context = {"request": request, "message": message}
        write_mail("support_request", to=[settings.SUPPORT_EMAIL], reply_to=[message.author.email], context=context)
