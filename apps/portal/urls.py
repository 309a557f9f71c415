"""Pages of the portal. What lies under /t/<slug>/ belongs to a team and is reached through the door."""

from django.urls import path

from . import views

app_name = "portal"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("terms/", views.terms, name="terms"),
    path("privacy/", views.privacy, name="privacy"),
]
