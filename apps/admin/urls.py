"""`/api/v1/admin/`."""

from django.urls import path

from . import api

app_name = "operator"
urlpatterns = [
    path("statistics/revenue", api.RevenueView.as_view(), name="statistics-revenue"),
]
