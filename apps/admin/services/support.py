"""The support's answers, written to the trail with the act."""

from django.db import transaction

from apps.accounts.models import User
from apps.system.models import SupportRequest
from apps.system.services import Target, answer_request, close_request, record_action


@transaction.atomic
def answer_support(*, staff: User, request_id: int, text: str) -> SupportRequest:
    """Answer a request, which mails the member. Raises `SupportRequestNotFound`, `SupportTextInvalid`."""
    answered = answer_request(request_id=request_id, staff=staff, text=text)
    _record(staff, answered, "support.answer")
    return answered


@transaction.atomic
def close_support(*, staff: User, request_id: int) -> SupportRequest:
    """Settle a request. Raises `SupportRequestNotFound`."""
    closed = close_request(request_id=request_id)
    _record(staff, closed, "support.close")
    return closed


def _record(staff: User, asked: SupportRequest, action: str) -> None:
    target = Target(type="support request", id=str(asked.pk), label=asked.subject, team_id=asked.team_id)
    record_action(actor=staff, action=action, target=target, after={"state": asked.state})
