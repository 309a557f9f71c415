"""Mounted at /api/v1/jobs/."""

from django.urls import path

from .api import JobCancelView, JobListView, JobView

app_name = "jobs"
urlpatterns = [
    path("", JobListView.as_view(), name="list"),
    path("<uuid:job_id>", JobView.as_view(), name="read"),
    path("<uuid:job_id>/cancel", JobCancelView.as_view(), name="cancel"),
]
