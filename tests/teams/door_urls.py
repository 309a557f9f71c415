"""Routes that show where a request stands, for the tests of the door."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from apps.jobs.idempotency import idempotent
from apps.plans.selectors import Feature
from apps.teams.access import Permission, TeamAPIView, enter_team, requires_feature, team_page
from apps.teams.selectors import PROPOSALS
from config.urls import handler403
from config.urls import urlpatterns as project_urls

__all__ = ["handler403"]

CLOSED_IN: list[str] = []
GATED = [*Feature.values, PROPOSALS]


def where() -> str:
    """The schema in the database's own words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return cursor.fetchone()[0]


class WhereView(TeamAPIView):
    permission = {"GET": Permission.TEAM_VIEW, "POST": Permission.TEAM_DELETE}

    def get(self, request: Request) -> Response:
        return Response({"schema": where(), "team": request.team.slug, "role": request.membership.role})

    def post(self, request: Request) -> Response:
        return Response({"schema": where()})


def make_asking_view(permission: Permission) -> type[TeamAPIView]:
    """A view that asks for one permission and answers 200."""

    class AskingView(WhereView):
        pass

    AskingView.permission = permission
    return AskingView


def make_gated_view(feature: str) -> type[TeamAPIView]:
    """A view that needs a feature of the team's."""

    class GatedView(TeamAPIView):
        permission = {"POST": Permission.TEAM_VIEW}

        @requires_feature(feature)
        def post(self, request: Request) -> Response:
            return Response({"schema": where()})

    return GatedView


def make_gated_page(feature: str):
    @team_page()
    @requires_feature(feature)
    def gated_page(request: HttpRequest) -> HttpResponse:
        return JsonResponse({"schema": where()})

    return gated_page


class GatedKeyView(TeamAPIView):
    permission = {"POST": Permission.TEAM_VIEW}

    @idempotent(required=True)
    @requires_feature(Feature.LISTS)
    def post(self, request: Request) -> Response:
        return Response({"schema": where()})


class BrokenView(TeamAPIView):
    def get(self, request: Request) -> Response:
        raise ZeroDivisionError(where())


class StreamView(TeamAPIView):
    def get(self, request: Request) -> StreamingHttpResponse:
        return StreamingHttpResponse(chunks(), content_type="text/plain")


class ThreadView(TeamAPIView):
    def get(self, request: Request) -> Response:
        def enter() -> str:
            with enter_team(request.team):
                return where()

        def run(call):
            try:
                return call()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            return Response({"bare": pool.submit(run, where).result(), "entered": pool.submit(run, enter).result()})


def chunks() -> Iterator[str]:
    try:
        for _ in range(3):
            yield f"{where()} "
    finally:
        CLOSED_IN.append(where())


def public(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"schema": where()})


class LateTemplate:
    """Says where it is rendered."""

    def render(self, context=None, request=None) -> str:
        return where()


@team_page()
def page(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"schema": where(), "team": request.team.slug})


@team_page(Permission.TEAM_DELETE)
def owners_page(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"schema": where()})


@team_page(Permission.CREDITS_SPEND)
def spending_page(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"schema": where()})


@team_page()
def late_page(request: HttpRequest) -> HttpResponse:
    response = SimpleTemplateResponse("unused")
    response.resolve_template = lambda name: LateTemplate()
    return response


@team_page()
def stream_page(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(chunks())


def unguarded_stream(request: HttpRequest) -> StreamingHttpResponse:
    """What the door's wrapping is for: the team is entered in the view, the body made after it."""
    from apps.teams.models import Team

    with enter_team(Team.objects.get(slug=request.GET["team"])):
        return StreamingHttpResponse(chunks())


urlpatterns = [
    path("where", WhereView.as_view()),
    *(path(f"asks/{permission}", make_asking_view(permission).as_view()) for permission in Permission),
    *(path(f"gated/{feature}", make_gated_view(feature).as_view()) for feature in GATED),
    *(path(f"t/<slug:team_slug>/gated/{feature}/", make_gated_page(feature)) for feature in GATED),
    path("gated-key", GatedKeyView.as_view()),
    path("broken", BrokenView.as_view()),
    path("stream", StreamView.as_view()),
    path("thread", ThreadView.as_view()),
    path("public", public),
    path("unguarded", unguarded_stream),
    path("t/<slug:team_slug>/", page),
    path("t/<slug:team_slug>/owners", owners_page),
    path("t/<slug:team_slug>/spends", spending_page),
    path("t/<slug:team_slug>/late", late_page),
    path("t/<slug:team_slug>/stream", stream_page),
    path("t/<slug:team_slug>/where", WhereView.as_view()),
    *project_urls,
]
