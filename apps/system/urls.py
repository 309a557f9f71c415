"""Health and metrics."""

from django.urls import path

from .api import HealthView, LiveView, MetricsView, PrometheusView, ReadyView

app_name = "system"
urlpatterns = [
    path("api/health", HealthView.as_view(), name="health"),
    path("api/health/live", LiveView.as_view(), name="health-live"),
    path("api/health/ready", ReadyView.as_view(), name="health-ready"),
    path("api/metrics", MetricsView.as_view(), name="metrics"),
    path("metrics", PrometheusView.as_view(), name="prometheus"),
]
