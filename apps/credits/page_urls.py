"""Pages of the wallet and of members, under `/t/<slug>/`."""

from django.urls import path

from . import views

app_name = "credits"
urlpatterns = [
    path("wallet/", views.wallet, name="wallet"),
    path("wallet/ledger/", views.ledger, name="ledger"),
    path("wallet/ledger.csv", views.ledger_file, name="ledger_file"),
    path("wallet/spending/", views.spending, name="spending"),
    path("members/", views.members, name="members"),
    path("members/<int:member_id>/", views.member, name="member"),
    path("members/<int:member_id>/limits/", views.member_limits, name="member_limits"),
    path("members/<int:member_id>/change/", views.member_change, name="member_change"),
]
