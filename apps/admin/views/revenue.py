"""The revenue page."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from apps.admin.revenue import SPANS, get_revenue_page


def show_revenue(request: HttpRequest) -> HttpResponse:
    """Revenue by month in one currency: `?currency=EUR`, `?months=24`; anything else shows what is usual."""
    given = request.GET.get("months", "")
    months = int(given) if given in map(str, SPANS) else SPANS[0]
    page = get_revenue_page(currency=request.GET.get("currency"), months=months)
    context = {**admin.site.each_context(request), "title": "Revenue", **page}
    return TemplateResponse(request, "backoffice/revenue.html", context)
