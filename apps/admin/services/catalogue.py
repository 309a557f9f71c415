"""Plans, prices and packages: the next version is drafted, then published with a reason."""

from typing import Any

from django.core.serializers.python import Serializer
from django.db import transaction

from apps.accounts.models import User
from apps.plans import services
from apps.plans.services import Versioned
from apps.system.services import Target, record_action

from .trail import clean_reason


@transaction.atomic
def draft_next_version(*, staff: User, row: Versioned, reason: str) -> Versioned:
    """A copy of the newest version to be edited; the draft that is there already, where there is one."""
    reason = clean_reason(reason)
    draft, is_new = services.draft_next_version(row)
    if is_new:
        _record(staff, draft, "version.draft", reason, before=None)
    return draft


@transaction.atomic
def edit_draft(*, staff: User, row: Versioned, changes: dict[str, Any]) -> Versioned:
    """Change a draft, which counts for nobody yet. Raises `VersionPublished`."""
    before = _describe(row)
    draft = services.edit_draft(row, changes)
    target = Target(type=str(draft._meta.verbose_name), id=str(draft.pk), label=str(draft))
    record_action(actor=staff, action="version.edit", target=target, before=before, after=_describe(draft))
    return draft


@transaction.atomic
def publish_version(*, staff: User, row: Versioned, reason: str) -> Versioned:
    """From now on the draft counts for everybody who agrees to something new. Raises as `apps.plans.services`."""
    reason = clean_reason(reason)
    former = services.find_published(row)
    published = services.publish_version(row)
    _record(staff, published, "version.publish", reason, before=former)
    return published


def _record(staff: User, row: Versioned, action: str, reason: str, *, before: Versioned | None) -> None:
    target = Target(type=str(row._meta.verbose_name), id=str(row.pk), label=str(row))
    record_action(
        actor=staff,
        action=action,
        target=target,
        reason=reason,
        before=_describe(before) if before else {},
        after=_describe(row),
    )


def _describe(row: Versioned) -> dict[str, Any]:
    fields: dict[str, Any] = Serializer().serialize([row])[0]["fields"]
    return {name: value if isinstance(value, str | int | list | dict) else str(value) for name, value in fields.items()}
