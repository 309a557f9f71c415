"""One page for every act of the staff: what it does, a form that asks why, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from apps.accounts.models import User
from apps.admin.acts import (
    GRANT_ACTS,
    INVOICE_ACTS,
    REVOCATION_ACTS,
    TEAM_ACTS,
    TOPUP_ACTS,
    USER_ACTS,
    VERSION_ACTS,
    Act,
)
from apps.billing.models import Invoice, TopupOrder
from apps.core.errors import DomainError
from apps.plans.models import PlanVersion, PriceRule, TopupPackage
from apps.plans.services import list_series
from apps.teams.models import Team

VERSIONED: dict[str, Any] = {"planversion": PlanVersion, "pricerule": PriceRule, "topuppackage": TopupPackage}


@dataclass(frozen=True)
class Subject:
    """What is acted upon, how it is called, and where one was before."""

    row: Any
    label: str
    back: str


def act_on_team(request: HttpRequest, team_id: int, act: str) -> HttpResponse:
    """Wallet, plan, state or proposals of a team."""
    team = get_object_or_404(Team.objects.select_related("plan_version__plan"), pk=team_id)
    subject = Subject(team, team.name, reverse("admin:teams_team_change", args=[team.pk]))
    return _answer(request, subject, _find(TEAM_ACTS, act))


def act_on_grant(request: HttpRequest, team_id: int, grant_id: int, act: str) -> HttpResponse:
    """One grant in a team's wallet."""
    return _answer(request, _in_wallet(team_id, grant_id, "Grant"), _find(GRANT_ACTS, act))


def act_on_revocation(request: HttpRequest, team_id: int, revocation_id: int, act: str) -> HttpResponse:
    """Something that was taken back from a team."""
    return _answer(request, _in_wallet(team_id, revocation_id, "Revocation"), _find(REVOCATION_ACTS, act))


def act_on_user(request: HttpRequest, user_id: int, act: str) -> HttpResponse:
    """A user's account."""
    user = get_object_or_404(User, pk=user_id)
    subject = Subject(user, user.email, reverse("admin:accounts_user_change", args=[user.pk]))
    return _answer(request, subject, _find(USER_ACTS, act))


def act_on_invoice(request: HttpRequest, invoice_id: int, act: str) -> HttpResponse:
    """What was billed."""
    invoice = get_object_or_404(Invoice.objects.select_related("account__team"), pk=invoice_id)
    label = f"Invoice {invoice} of {invoice.account}"
    subject = Subject(invoice, label, reverse("admin:billing_invoice_change", args=[invoice.pk]))
    return _answer(request, subject, _find(INVOICE_ACTS, act))


def act_on_topup(request: HttpRequest, order_id: UUID, act: str) -> HttpResponse:
    """What was bought once."""
    order = get_object_or_404(TopupOrder.objects.select_related("account__team", "package"), pk=order_id)
    label = f"{order.package.label} of {order.account}"
    subject = Subject(order, label, reverse("admin:billing_topuporder_change", args=[order.pk]))
    return _answer(request, subject, _find(TOPUP_ACTS, act))


def act_on_version(request: HttpRequest, model: str, version_id: int, act: str) -> HttpResponse:
    """A version of a plan, price or package; the draft is what one sees next."""
    if model not in VERSIONED:
        raise Http404
    row = get_object_or_404(VERSIONED[model], pk=version_id)
    name = f"admin:plans_{model}_change"
    answer = _answer(request, Subject(row, str(row), reverse(name, args=[row.pk])), _find(VERSION_ACTS, act))
    if isinstance(answer, HttpResponseRedirect) and act == "next":
        return HttpResponseRedirect(reverse(name, args=[list_series(row).values_list("pk", flat=True)[0]]))
    return answer


def _find(acts: Mapping[str, Act], slug: str) -> Act:
    if slug not in acts:
        raise Http404
    return acts[slug]


def _in_wallet(team_id: int, row_id: int, what: str) -> Subject:
    team = get_object_or_404(Team, pk=team_id)
    return Subject((team, row_id), f"{what} {row_id} of {team.name}", reverse("admin:team_ledger", args=[team.pk]))


def _answer(request: HttpRequest, subject: Subject, act: Act) -> HttpResponse:
    form = act.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = act.run(cast("User", request.user), subject.row, form.cleaned_data)
        except DomainError as error:
            _explain(form, error)
        else:
            messages.success(request, done)
            return HttpResponseRedirect(subject.back)
    context = {
        **admin.site.each_context(request),
        "title": act.title,
        "act": act,
        "subject": subject,
        "form": form,
    }
    return TemplateResponse(request, "backoffice/act.html", context)


def _explain(form: forms.Form, error: DomainError) -> None:
    """At the fields that the refusal names, and above the form where it names none."""
    named = {name: reasons for name, reasons in error.details.items() if name in form.fields}
    for name, reasons in named.items():
        form.add_error(name, reasons)
    if not named:
        form.add_error(None, error.message)
