"""`instagram/profile/{username}/report.pdf`."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from apps.discovery.selectors.pdf import get_report_pdf
from apps.profiles.models import Profile
from apps.profiles.selectors import get_rate_table

from .parts import REFUSED, PartView
from .posts import AnyRenderer
from .schema import IF_NONE_MATCH


class ReportPdfView(PartView):
    """The report on paper."""

    content_negotiation_class = AnyRenderer

    def get_version(self) -> object:
        return (get_rate_table().version, settings.AUDIENCE_INFER_GENDER)

    def respond(self, request: Request, profile: Profile) -> HttpResponseBase:
        headers = {"Content-Disposition": f'attachment; filename="{profile.username}-report.pdf"'}
        return HttpResponse(get_report_pdf(profile), content_type="application/pdf", headers=headers)

    @extend_schema(
        operation_id="instagram_profile_report_pdf",
        tags=["instagram"],
        summary="Read the report of an unlocked creator as a PDF",
        description=(
            "Cover, figures, charts, audience, authenticity, prices, brands, the newest posts, and every metric with "
            "its method, sample and confidence. Made once for each state of the creator: the first takes some seconds."
        ),
        parameters=[IF_NONE_MATCH],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        return self.answer(request, username)
