"""The superadmin site: django-unfold in the product's petrol."""

from django.templatetags.static import static
from django.urls import reverse_lazy


def _link(title: str, icon: str, name: str) -> dict[str, object]:
    return {"title": title, "icon": icon, "link": reverse_lazy(f"admin:{name}")}


_DEAD_LETTERS = "apps.admin.badges.count_dead_letters"
_LEDGERS = "apps.admin.badges.count_differing_ledgers"
_SUPPORT = "apps.admin.badges.count_waiting_requests"

UNFOLD = {
    "SITE_TITLE": "Analytics Following",
    "SITE_HEADER": "Analytics Following",
    "SITE_SUBHEADER": "Operator",
    "SITE_URL": "/",
    "SITE_SYMBOL": "monitoring",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("favicon.svg")}],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "DASHBOARD_CALLBACK": "apps.admin.dashboard.fill_dashboard",
    "COLORS": {
        "primary": {
            "50": "oklch(0.98 0.012 205)",
            "100": "oklch(0.95 0.025 205)",
            "200": "oklch(0.90 0.045 205)",
            "300": "oklch(0.83 0.07 203)",
            "400": "oklch(0.73 0.09 203)",
            "500": "oklch(0.61 0.09 204)",
            "600": "oklch(0.52 0.085 205)",
            "700": "oklch(0.45 0.082 205)",
            "800": "oklch(0.38 0.068 206)",
            "900": "oklch(0.32 0.055 207)",
            "950": "oklch(0.23 0.04 208)",
        },
    },
    "SIDEBAR": {
        "show_search": True,
        "show_all_applications": False,
        "navigation": [
            {
                "items": [_link("Dashboard", "dashboard", "index")],
            },
            {
                "title": "Customers",
                "separator": True,
                "items": [
                    _link("Teams", "groups", "teams_team_changelist"),
                    _link("Memberships", "badge", "teams_membership_changelist"),
                    _link("Users", "person", "accounts_user_changelist"),
                    {**_link("Support", "support_agent", "system_supportrequest_changelist"), "badge": _SUPPORT},
                    _link("Audit trail", "policy", "system_auditentry_changelist"),
                ],
            },
            {
                "title": "Creators",
                "separator": True,
                "items": [
                    _link("Creators", "photo_camera", "profiles_profile_changelist"),
                    _link("Posts", "image", "profiles_post_changelist"),
                    _link("Source states", "cloud_off", "profiles_sourcestate_changelist"),
                ],
            },
            {
                "title": "Analysis",
                "separator": True,
                "items": [
                    _link("Analysis jobs", "psychology", "analysis_analysisjob_changelist"),
                    _link("Engines", "memory", "analysis_engines"),
                    _link("Taxonomy", "category", "analysis_taxonomy"),
                    _link("Creators' labels", "sell", "analysis_profileanalysis_changelist"),
                ],
            },
            {
                "title": "Money",
                "separator": True,
                "items": [
                    _link("Revenue", "trending_up", "revenue"),
                    _link("Plans", "sell", "plans_plan_changelist"),
                    _link("Plan versions", "history", "plans_planversion_changelist"),
                    _link("Prices", "payments", "plans_pricerule_changelist"),
                    _link("Subscriptions", "autorenew", "billing_subscription_changelist"),
                    _link("Top-ups", "add_card", "billing_topuporder_changelist"),
                    _link("Invoices", "receipt_long", "billing_invoice_changelist"),
                    _link("Billing accounts", "account_balance", "billing_billingaccount_changelist"),
                    _link("Documents", "attach_file", "billing_manualdocument_changelist"),
                    _link("Stripe events", "webhook", "billing_stripeevent_changelist"),
                    _link("Comparisons with Stripe", "rule", "billing_reconciliationrun_changelist"),
                    {**_link("Ledger audits", "fact_check", "system_ledgeraudit_changelist"), "badge": _LEDGERS},
                    _link("Top-up packages", "add_card", "plans_topuppackage_changelist"),
                ],
            },
            {
                "title": "Work",
                "separator": True,
                "items": [
                    {**_link("Jobs", "task", "jobs_job_changelist"), "badge": _DEAD_LETTERS},
                    _link("Periodic tasks", "schedule", "django_celery_beat_periodictask_changelist"),
                    _link("Intervals", "timer", "django_celery_beat_intervalschedule_changelist"),
                    _link("Crontabs", "calendar_month", "django_celery_beat_crontabschedule_changelist"),
                ],
            },
        ],
    },
}
