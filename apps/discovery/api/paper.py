"""`instagram/profile/{username}/report.pdf`."""

from django.http import HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from apps.discovery.selectors.pdf import get_pdf_version, get_report_pdf, name_report_file
from apps.profiles.models import Profile

from .parts import REFUSED, PartView
from .posts import AnyRenderer
from .schema import IF_NONE_MATCH


class ReportPdfView(PartView):
    """The report on paper."""

    content_negotiation_class = AnyRenderer

    def get_version(self) -> object:
        return get_pdf_version()

    def respond(self, request: Request, profile: Profile) -> HttpResponseBase:
        file = get_report_pdf(profile)
        return HttpResponse(file, content_type="application/pdf", headers=name_report_file(profile))

    @extend_schema(
        operation_id="instagram_profile_report_pdf",
        tags=["instagram"],
        summary="Read the report of an unlocked creator as a PDF",
        description=(
            "Cover, figures, charts, audience, authenticity, prices, brands, the newest posts, and every metric with "
            "its method, sample and confidence. Made once for each state of the creator, in about a second."
        ),
        parameters=[IF_NONE_MATCH],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        return self.answer(request, username)
