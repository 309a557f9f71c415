"""What one may ask of a wallet. Nothing here writes."""

from .allowances import get_allowances
from .balances import compute_balance, get_balance
from .caching import read_cached_transactions
from .consent import describe_consent
from .entries import describe_entry
from .exporting import export_entries, export_entries_as_json
from .ledger import EntryFilter, list_activity, list_entries
from .ledger_page import LedgerQuery, export_ledger_page, get_ledger_page, read_ledger_query
from .members import get_member_form, get_members_page
from .naming import describe_member, hide_colleagues, require_own
from .notices import list_notices
from .pages import get_wallet_page
from .periods import Period, get_month, get_period
from .prices import get_unit_credits, is_included
from .pricing import get_pricing, list_pricing
from .quoting import check_cap, check_payable, check_plan, quote, quote_many
from .refusals import describe_refusal, find_larger_plan
from .rollups import CREDITS_OUTSTANDING, USAGE_CREDITS, USAGE_UNITS
from .spending import get_span, get_spending
from .spending_page import get_spending_page, read_spending_query
from .stats import get_system_stats
from .usage import get_monthly_usage
from .wallets import get_dashboard, get_member_limits, get_wallet_summary
from .words import name_units

__all__ = [
    "CREDITS_OUTSTANDING",
    "USAGE_CREDITS",
    "USAGE_UNITS",
    "EntryFilter",
    "LedgerQuery",
    "Period",
    "check_cap",
    "check_payable",
    "check_plan",
    "compute_balance",
    "describe_consent",
    "describe_entry",
    "describe_member",
    "describe_refusal",
    "export_entries",
    "export_entries_as_json",
    "export_ledger_page",
    "find_larger_plan",
    "get_allowances",
    "get_balance",
    "get_dashboard",
    "get_ledger_page",
    "get_member_form",
    "get_member_limits",
    "get_members_page",
    "get_month",
    "get_monthly_usage",
    "get_period",
    "get_pricing",
    "get_span",
    "get_spending",
    "get_spending_page",
    "get_system_stats",
    "get_unit_credits",
    "get_wallet_page",
    "get_wallet_summary",
    "hide_colleagues",
    "is_included",
    "list_activity",
    "list_entries",
    "list_notices",
    "list_pricing",
    "name_units",
    "quote",
    "quote_many",
    "read_cached_transactions",
    "read_ledger_query",
    "read_spending_query",
    "require_own",
]
