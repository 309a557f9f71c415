"""Accounts, and the papers of manual billing."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin

from apps.billing.models import BillingAccount, ManualDocument
from apps.billing.services import settle_account, sync_account

from .base import ReadOnlyAdmin


@admin.register(BillingAccount)
class BillingAccountAdmin(ReadOnlyAdmin):
    """Whom the invoices go to. Owners change it on their billing page."""

    list_display = ["team", "legal_name", "email", "stripe_customer_id", "currency", "synced_at"]
    search_fields = ["team__name", "team__slug", "email", "legal_name", "stripe_customer_id", "tax_id"]
    list_select_related = ["team"]
    actions = ["sync", "settle"]

    @admin.action(description="Look at Stripe now", permissions=["view"])
    def sync(self, request: HttpRequest, queryset: QuerySet[BillingAccount]) -> None:
        self.act_on_each(request, queryset, act=lambda account: sync_account(account.pk), done="compared with Stripe")

    @admin.action(description="Bring the team in line with its subscription", permissions=["view"])
    def settle(self, request: HttpRequest, queryset: QuerySet[BillingAccount]) -> None:
        self.act_on_each(request, queryset, act=lambda account: settle_account(account.pk), done="brought in line")


@admin.register(ManualDocument)
class ManualDocumentAdmin(ModelAdmin):
    """Orders, transfers and agreements of teams that pay by transfer. Files are for superadmins only."""

    list_display = ["title", "account", "subscription", "uploaded_by", "created_at", "download"]
    search_fields = ["title", "note", "account__team__name", "account__team__slug"]
    list_select_related = ["account__team", "subscription__plan_version__plan", "uploaded_by"]
    autocomplete_fields = ["account"]
    readonly_fields = ["uploaded_by", "created_at", "download"]

    def get_fields(self, request: HttpRequest, obj: ManualDocument | None = None) -> list[str]:
        own = ["account", "subscription", "title", "note"]
        return [*own, "file"] if obj is None else [*own, "download", "uploaded_by", "created_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: ManualDocument | None = None) -> list[str]:
        return self.readonly_fields if obj is None else [*self.readonly_fields, "account", "subscription"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ManualDocument, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.send_file)
        return [path("<int:document_id>/file/", view, name="billing_document_file"), *super().get_urls()]

    def send_file(self, request: HttpRequest, document_id: int) -> HttpResponseBase:
        """The file as a download, never shown by the browser as a page of ours."""
        document = ManualDocument.objects.filter(pk=document_id).first()
        if document is None or not document.file or not self.has_view_permission(request, document):
            raise Http404
        name = f"{document.title[:80]}.{str(document.file.name).rpartition('.')[2]}"
        response = FileResponse(document.file.open("rb"), as_attachment=True, filename=name)
        response["Content-Type"] = "application/octet-stream"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    @admin.display(description="file")
    def download(self, document: ManualDocument) -> str:
        if not document.file:
            return "–"
        return format_html('<a href="{}">Download</a>', reverse("admin:billing_document_file", args=[document.pk]))
