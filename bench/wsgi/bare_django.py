"""A bare Django view: no middleware, no database, no session; what the framework costs before any work is done."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()
settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="bench", ALLOWED_HOSTS=["*"], MIDDLEWARE=[])


def profile(request: HttpRequest, username: str) -> HttpResponse:
    """Answer the body."""
    return HttpResponse(BODY, content_type="application/json")


urlpatterns = [path("api/v1/instagram/profile/<str:username>", profile)]
application = get_wsgi_application()
