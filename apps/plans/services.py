"""Making and publishing versions. A published row never changes: what was agreed on it stays."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .errors import VersionInvalid, VersionNotFound, VersionPublished, VersionSuperseded
from .models import PlanVersion, PriceRule, TopupPackage
from .selectors import find_faults

Versioned = PlanVersion | PriceRule | TopupPackage

# What names a series, and what counts in it.
_SERIES: dict[type[Any], tuple[str, str]] = {
    PlanVersion: ("plan_id", "number"),
    PriceRule: ("action", "version"),
    TopupPackage: ("code", "version"),
}


def list_series(row: Versioned) -> QuerySet[Any]:
    """Every version of what `row` is a version of, the newest first."""
    name, number = _SERIES[type(row)]
    found: QuerySet[Any] = type(row)._default_manager.filter(**{name: getattr(row, name)})
    return found.order_by(f"-{number}")


def find_published(row: Versioned) -> Versioned | None:
    """The version that counts now."""
    return list_series(row).filter(published_at__lte=timezone.now()).first()


def list_versions(model: type[Any]) -> QuerySet[Any]:
    """Every version of every series, the newest first."""
    found: QuerySet[Any] = model._default_manager.order_by("-id")
    return found.select_related("plan") if model is PlanVersion else found


def get_version(model: type[Any], version_id: int) -> Versioned:
    """One of them; raises `VersionNotFound`."""
    found: Versioned | None = list_versions(model).filter(pk=version_id).first()
    if found is None:
        raise VersionNotFound
    return found


@transaction.atomic
def edit_draft(row: Versioned, changes: dict[str, Any]) -> Versioned:
    """Change a draft; raises `VersionPublished` for what counts already, and `VersionInvalid`."""
    draft: Versioned = list_series(row).select_for_update(of=("self",)).get(pk=row.pk)
    if draft.published_at is not None:
        raise VersionPublished
    for name, value in changes.items():
        setattr(draft, name, value)
    _refuse_faults(draft)
    draft.save(update_fields=list(changes))
    return draft


@transaction.atomic
def draft_next_version(row: Versioned) -> tuple[Versioned, bool]:
    """The series' draft: a copy of its newest version with the next number; with whether it was made now."""
    newest = next(iter(_lock_series(row)), row)
    if newest.published_at is None:
        return newest, False
    number = _SERIES[type(row)][1]
    setattr(newest, number, getattr(newest, number) + 1)
    newest.pk, newest.published_at = None, None
    newest._state.adding = True
    newest.save(force_insert=True)
    return newest, True


@transaction.atomic
def publish_version(row: Versioned) -> Versioned:
    """Publish a draft from now on; raises `VersionPublished`, `VersionSuperseded` where a newer one counts, and
    `VersionInvalid`.
    """
    versions = _lock_series(row)
    draft = next(one for one in versions if one.pk == row.pk)
    if draft.published_at is not None:
        raise VersionPublished
    number = _SERIES[type(row)][1]
    if any(one.published_at and getattr(one, number) > getattr(draft, number) for one in versions):
        raise VersionSuperseded
    _refuse_faults(draft)
    draft.published_at = timezone.now()
    draft.save(update_fields=["published_at"])
    return draft


def _refuse_faults(row: Versioned) -> None:
    if faults := find_faults(row):
        raise VersionInvalid(details=faults)


def _lock_series(row: Versioned) -> list[Versioned]:
    """Every version, the newest first, locked until the end of the transaction.

    Read after the lock was had: the statement that waits for it does not see what the holder added.
    """
    list(list_series(row).select_for_update(of=("self",)))
    return list(list_series(row))
