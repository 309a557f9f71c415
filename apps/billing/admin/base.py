"""What billing's admins share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from apps.billing.models import BillingAccount
from apps.core.errors import DomainError
from apps.core.money import write_amount
from apps.core.typed import clean_line
from apps.system.services import REASON_MAX, Target, record_action

_LINK = '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>'


class ReasonedForm(forms.ModelForm):
    """A change of what a team pays: why it is made is kept in the audit trail."""

    reason = forms.CharField(
        max_length=REASON_MAX, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text="Kept in the audit trail.",
    )  # fmt: skip

    def clean_reason(self) -> str:
        if reason := clean_line(self.cleaned_data["reason"]):
            return reason
        raise forms.ValidationError("Say why.")


def record_deed(
    request: HttpRequest,
    row: Model,
    *,
    account: BillingAccount,
    action: str,
    reason: str,
    change: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    """Write what a form changed into the trail, in the transaction of the form."""
    target = Target(
        type=str(row._meta.verbose_name), id=str(row.pk), label=f"{account}: {row}", team_id=account.team_id
    )
    before, after = change
    record_action(actor=request.user, action=action, target=target, reason=reason, before=before, after=after)


def show_money(cents: int | None, currency: str) -> str:
    """`1,990.40 USD`, `19,900 JPY`."""
    return "–" if cents is None else write_amount(cents, currency)


def link_acts(name: str, pk: Any, acts: dict[str, str]) -> str:
    """Links to acts of the staff (apps.admin), which ask for a reason and are written to the trail."""
    links = ((reverse(f"admin:{name}", args=[pk, slug]), title) for slug, title in acts.items())
    return format_html_join(" · ", _LINK, links) if acts else "–"


class ReadOnlyAdmin(ModelAdmin):
    """Rows that services write and nobody's hand changes."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def act_on_each(
        self, request: HttpRequest, rows: QuerySet[Any], *, act: Callable[[Any], object], done: str
    ) -> None:
        """Do something to each row, note who did it in the row's history, and say what was refused."""
        number = 0
        for row in rows:
            if self.try_to(request, row, act=lambda row=row: act(row), done=done):  # type: ignore[misc]
                number += 1
        if number:
            self.message_user(request, f"{number} {done}.", messages.SUCCESS)

    def try_to(self, request: HttpRequest, row: Model, *, act: Callable[[], object], done: str) -> bool:
        try:
            act()
        except DomainError as error:
            self.message_user(request, f"{row}: {error.message}", messages.WARNING)
            return False
        self.log_change(request, row, f"{done[:1].upper()}{done[1:]}.")
        return True
