"""Every route of the product. A URL group is not an app: each route lives in the lowest app that sees all it needs."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("apps.portal.urls")),
]
