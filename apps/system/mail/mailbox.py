"""`/dev/mail/`: what would have been sent, for a demo without a mail server. It shows codes, so production has none."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.system.models import OutboxMail

PAGE_SIZE = 50
# A mail's HTML is shown as a page of its own that may do nothing: no script, form, request, or same-origin access.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def demo_only(view: View[Given]) -> View[Given]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        if not settings.MAILBOX_PAGE:
            raise Http404
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


@require_safe
@never_cache
@demo_only
def list_mails(request: HttpRequest) -> HttpResponse:
    """All mails, newest first; `?to=` narrows to an address."""
    to = request.GET.get("to", "").strip().lower()
    mails = OutboxMail.objects.defer("message", "html")
    if to:
        mails = mails.filter(recipients__contains=[to])
    page = Paginator(mails, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "system/mailbox.html", {"page": page, "to": to})


@require_safe
@never_cache
@demo_only
def read_mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """One mail as text."""
    mail = get_object_or_404(OutboxMail.objects.defer("message"), pk=mail_id)
    return render(request, "system/mail.html", {"mail": mail})


@require_safe
@never_cache
@demo_only
def read_mail_html(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Its HTML part, sandboxed."""
    mail = get_object_or_404(OutboxMail.objects.exclude(html=""), pk=mail_id)
    response = HttpResponse(mail.html)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response
