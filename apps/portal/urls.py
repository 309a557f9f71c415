"""Pages of the portal. What lies under /t/<slug>/ belongs to a team and is reached through the door."""

from django.urls import path

from . import views

app_name = "portal"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("home/", views.home, name="home"),
    path("pricing/", views.pricing, name="pricing"),
    path("choose/<slug:plan>/", views.choose, name="choose"),
    path("methodology/", views.methodology, name="methodology"),
    path("terms/", views.terms, name="terms"),
    path("privacy/", views.privacy, name="privacy"),
    path("t/<slug:team_slug>/", views.dashboard, name="dashboard"),
    path("t/<slug:team_slug>/running/", views.running, name="running"),
    path("t/<slug:team_slug>/palette/", views.palette, name="palette"),
    path("t/<slug:team_slug>/plans/", views.plans, name="plans"),
    path("t/<slug:team_slug>/support/", views.support, name="support"),
    path("t/<slug:team_slug>/support/<int:request_id>/", views.support_request, name="support_request"),
    path(
        "t/<slug:team_slug>/support/<int:request_id>/close/",
        views.close_support_request,
        name="close_support_request",
    ),
]
