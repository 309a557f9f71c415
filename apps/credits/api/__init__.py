"""The credits API: reading the wallet, its ledger and prices, and capping members."""

from .limits import MemberLimitsView
from .pricing import ActionPricingView, CalculateView, CanPerformView, PricingView
from .transactions import ExportView, SearchView, TransactionsView
from .usage import MonthlyUsageView, SpendingView, TeamUsageView
from .wallets import AllowancesView, BalanceView, CreateWalletView, DashboardView, SummaryView

__all__ = [
    "ActionPricingView",
    "AllowancesView",
    "BalanceView",
    "CalculateView",
    "CanPerformView",
    "CreateWalletView",
    "DashboardView",
    "ExportView",
    "MemberLimitsView",
    "MonthlyUsageView",
    "PricingView",
    "SearchView",
    "SpendingView",
    "SummaryView",
    "TeamUsageView",
    "TransactionsView",
]
