"""Pages of plan and payments, under `/t/<slug>/`."""

from django.urls import path

from . import views

app_name = "billing"
urlpatterns = [
    path("billing/", views.overview, name="overview"),
    path("billing/buy/", views.buy_plan, name="buy_plan"),
    path("billing/details/", views.details, name="details"),
    path("billing/done/", views.done, name="done"),
    path("billing/cancelled/", views.cancelled, name="cancelled"),
    path("billing/portal/", views.portal, name="portal"),
    path("billing/change/", views.change_dialog, name="change_dialog"),
    path("billing/change/now/", views.change, name="change"),
    path("billing/cancel/", views.cancel, name="cancel"),
    path("billing/resume/", views.resume, name="resume"),
    path("billing/topups/", views.topups, name="topups"),
    path("billing/topups/buy/", views.buy_topup, name="buy_topup"),
]
