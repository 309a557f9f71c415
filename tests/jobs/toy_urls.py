"""One paid-like route, to see what `idempotent` does to it."""

from django.urls import path
from rest_framework.response import Response

from apps.jobs.idempotency import idempotent
from apps.jobs.selectors import show_job
from apps.jobs.services import submit_job
from apps.teams.access import Permission, TeamAPIView
from config.urls import urlpatterns as real_urlpatterns
from tests.jobs.toy import calls, refuse


class ToyView(TeamAPIView):
    permission = Permission.CREDITS_SPEND

    @idempotent(required=True)
    def post(self, request, name):
        calls.append(name)
        refuse(name)
        if name == "job":
            job = submit_job(kind="test.work", params={}, team=request.team, user=request.user)
            return Response({"job": show_job(job)}, status=202, headers={"X-Credits-Held": "25"})
        return Response({"call": len(calls)}, status=201, headers={"X-Credits-Charged": "25", "X-Other": "no"})

    @idempotent()
    def put(self, request, name):
        calls.append(name)
        return Response({"call": len(calls)})


urlpatterns = [path("toy/<str:name>", ToyView.as_view()), *real_urlpatterns]
