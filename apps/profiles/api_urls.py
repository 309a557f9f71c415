"""`/api/v1/instagram/methodology`: public."""

from django.urls import path

from .api import MethodologyView, MethodView

urlpatterns = [
    path("methodology", MethodologyView.as_view(), name="methodology"),
    path("methodology/<str:method>", MethodView.as_view(), name="method"),
]
