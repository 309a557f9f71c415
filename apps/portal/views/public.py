"""Pages for everybody: no team, no sign-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.portal.selectors import get_pricing


def landing(request: HttpRequest) -> HttpResponse:
    """The product and its prices; members go to their team instead."""
    if request.user.is_authenticated:
        return redirect("portal:home")
    return render(request, "portal/landing.html", {"pricing": get_pricing()})


def terms(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/terms.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html")
