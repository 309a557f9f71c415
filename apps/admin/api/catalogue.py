"""`price-rules` and `plans`: versions that are drafted, edited as drafts, and published."""

from typing import Any, ClassVar, cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.admin.services import draft_next_version, edit_draft, publish_version
from apps.core.api.schema import PAGE, page_of, refusals
from apps.jobs.idempotency import idempotent
from apps.plans.errors import VersionNotFound, VersionPublished, VersionSuperseded
from apps.plans.models import PlanVersion, PriceRule
from apps.plans.services import get_version, list_versions

from .base import TAGS, OperatorAPIView, Shape
from .serializers import DraftPlanInput, DraftPriceInput, PlanVersionOutput, PriceRuleOutput, ReasonInput


class VersionedView(OperatorAPIView):
    """What all of them share."""

    model: ClassVar[Any]
    output: ClassVar[Shape]

    def show(self, row: Any) -> Response:
        return Response(self.output(row).data)

    @property
    def staff(self) -> User:
        return cast("User", self.request.user)


class PriceView(VersionedView):
    model, output = PriceRule, PriceRuleOutput


class PlanView(VersionedView):
    model, output = PlanVersion, PlanVersionOutput


def _describe(name: str, summary: str, output: Shape, request: Any = ReasonInput, *refused: Any) -> Any:
    answers = {200: output, **refusals(VersionNotFound, *refused)}
    return extend_schema(operation_id=f"admin_{name}", tags=TAGS, summary=summary, request=request, responses=answers)


class PriceRulesView(PriceView):
    """Every version of every price."""

    @extend_schema(
        operation_id="admin_price_rules_list",
        tags=TAGS,
        summary="List the versions of all prices",
        parameters=PAGE,
        responses={200: page_of(PriceRuleOutput)},
    )
    def get(self, request: Request) -> Response:
        return self.show_page(list_versions(self.model), self.output)


class PriceRuleView(PriceView):
    """One version of a price."""

    @_describe("price_rules_retrieve", "Read a version of a price", PriceRuleOutput, None)
    def get(self, request: Request, version_id: int) -> Response:
        return self.show(get_version(self.model, version_id))

    @_describe("price_rules_update", "Edit a draft of a price", PriceRuleOutput, DraftPriceInput, VersionPublished)
    @idempotent()
    def patch(self, request: Request, version_id: int) -> Response:
        changes = self.read(DraftPriceInput)
        return self.show(edit_draft(staff=self.staff, row=get_version(self.model, version_id), changes=changes))


class PriceRuleNextView(PriceView):
    @_describe("price_rules_next", "Draft the next version of a price", PriceRuleOutput)
    @idempotent()
    def post(self, request: Request, version_id: int) -> Response:
        """A copy of the newest version; the draft that is there already, where there is one."""
        reason = self.read(ReasonInput)["reason"]
        return self.show(draft_next_version(staff=self.staff, row=get_version(self.model, version_id), reason=reason))


class PriceRulePublishView(PriceView):
    @_describe("price_rules_publish", "Publish a draft of a price", PriceRuleOutput, ReasonInput, VersionPublished,
               VersionSuperseded)  # fmt: skip
    @idempotent()
    def post(self, request: Request, version_id: int) -> Response:
        """It counts from now on; what is held already was held at the former price."""
        reason = self.read(ReasonInput)["reason"]
        return self.show(publish_version(staff=self.staff, row=get_version(self.model, version_id), reason=reason))


class PlanVersionsView(PlanView):
    """Every version of every plan."""

    @extend_schema(
        operation_id="admin_plans_list",
        tags=TAGS,
        summary="List the versions of all plans",
        parameters=PAGE,
        responses={200: page_of(PlanVersionOutput)},
    )
    def get(self, request: Request) -> Response:
        return self.show_page(list_versions(self.model), self.output)


class PlanVersionView(PlanView):
    """One version of a plan."""

    @_describe("plans_retrieve", "Read a version of a plan", PlanVersionOutput, None)
    def get(self, request: Request, version_id: int) -> Response:
        return self.show(get_version(self.model, version_id))

    @_describe("plans_update", "Edit a draft of a plan", PlanVersionOutput, DraftPlanInput, VersionPublished)
    @idempotent()
    def patch(self, request: Request, version_id: int) -> Response:
        changes = self.read(DraftPlanInput)
        return self.show(edit_draft(staff=self.staff, row=get_version(self.model, version_id), changes=changes))


class PlanVersionNextView(PlanView):
    @_describe("plans_next", "Draft the next version of a plan", PlanVersionOutput)
    @idempotent()
    def post(self, request: Request, version_id: int) -> Response:
        """A copy of the newest version; the draft that is there already, where there is one."""
        reason = self.read(ReasonInput)["reason"]
        return self.show(draft_next_version(staff=self.staff, row=get_version(self.model, version_id), reason=reason))


class PlanVersionPublishView(PlanView):
    @_describe("plans_publish", "Publish a draft of a plan", PlanVersionOutput, ReasonInput, VersionPublished,
               VersionSuperseded)  # fmt: skip
    @idempotent()
    def post(self, request: Request, version_id: int) -> Response:
        """It counts for whatever is agreed from now on; teams keep the version they agreed to."""
        reason = self.read(ReasonInput)["reason"]
        return self.show(publish_version(staff=self.staff, row=get_version(self.model, version_id), reason=reason))
