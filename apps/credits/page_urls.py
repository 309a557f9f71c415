"""Pages of the wallet, under `/t/<slug>/`."""

from django.urls import path

from . import views

app_name = "credits"
urlpatterns = [
    path("wallet/", views.wallet, name="wallet"),
    path("wallet/ledger/", views.ledger, name="ledger"),
    path("wallet/ledger.csv", views.ledger_file, name="ledger_file"),
    path("wallet/spending/", views.spending, name="spending"),
]
