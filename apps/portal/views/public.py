"""Pages for everybody: no team, no sign-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static

from apps.portal.selectors import get_pricing, get_showcase
from apps.profiles.metrics import SIZE_TIERS, list_methodology

# What the landing page shows where the catalogue has no synthetic creator to show: words and shapes, no number.
SHAPES = (
    {"label": "Engagement rate", "status": "computed"},
    {"label": "Followers", "status": "observed"},
    {"label": "Mood of captions", "status": "estimated"},
    {"label": "Growth, 365 days", "status": "unavailable"},
)


def landing(request: HttpRequest) -> HttpResponse:
    """The product and its prices; members go to their team instead."""
    if request.user.is_authenticated:
        return redirect("portal:home")
    context = {"pricing": get_pricing(), "showcase": get_showcase(), "showcase_shapes": SHAPES}
    return render(request, "portal/landing.html", context)


def methodology(request: HttpRequest) -> HttpResponse:
    """Every metric's formula, from the definitions that compute it."""
    context = {"nav": "methodology", "groups": list_methodology(), "tiers": SIZE_TIERS}
    return render(request, "portal/methodology.html", context)


def terms(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/terms.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html")


def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the icon of a page that names none: API docs, error pages, files."""
    response = redirect(static("favicon.svg"), permanent=True)
    response["Cache-Control"] = "public, max-age=86400"
    return response
