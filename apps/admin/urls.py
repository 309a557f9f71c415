"""`/api/v1/admin/`."""

from django.urls import path

from .api import catalogue, office, statistics, teams, users

app_name = "operator"
urlpatterns = [
    path("teams", teams.TeamsView.as_view(), name="teams"),
    path("teams/<int:team_id>", teams.TeamView.as_view(), name="team"),
    path("teams/<int:team_id>/plan", teams.TeamPlanView.as_view(), name="team-plan"),
    path("teams/<int:team_id>/suspend", teams.TeamSuspendView.as_view(), name="team-suspend"),
    path("teams/<int:team_id>/unsuspend", teams.TeamUnsuspendView.as_view(), name="team-unsuspend"),
    path("teams/<int:team_id>/credits/grant", teams.TeamGrantView.as_view(), name="team-credits-grant"),
    path("teams/<int:team_id>/credits/revoke", teams.TeamRevokeView.as_view(), name="team-credits-revoke"),
    path("teams/<int:team_id>/proposals/grant", teams.TeamProposalsGrantView.as_view(), name="team-proposals-grant"),
    path("teams/<int:team_id>/proposals/revoke", teams.TeamProposalsRevokeView.as_view(), name="team-proposals-revoke"),
    path("users", users.UsersView.as_view(), name="users"),
    path("users/<int:user_id>", users.UserView.as_view(), name="user"),
    path("users/<int:user_id>/deactivate", users.UserDeactivateView.as_view(), name="user-deactivate"),
    path("users/<int:user_id>/activate", users.UserActivateView.as_view(), name="user-activate"),
    path("price-rules", catalogue.PriceRulesView.as_view(), name="price-rules"),
    path("price-rules/<int:version_id>", catalogue.PriceRuleView.as_view(), name="price-rule"),
    path("price-rules/<int:version_id>/next", catalogue.PriceRuleNextView.as_view(), name="price-rule-next"),
    path("price-rules/<int:version_id>/publish", catalogue.PriceRulePublishView.as_view(), name="price-rule-publish"),
    path("plans", catalogue.PlanVersionsView.as_view(), name="plans"),
    path("plans/<int:version_id>", catalogue.PlanVersionView.as_view(), name="plan"),
    path("plans/<int:version_id>/next", catalogue.PlanVersionNextView.as_view(), name="plan-next"),
    path("plans/<int:version_id>/publish", catalogue.PlanVersionPublishView.as_view(), name="plan-publish"),
    path("audit-log", office.AuditLogView.as_view(), name="audit-log"),
    path("support", office.OperatorSupportsView.as_view(), name="support"),
    path("support/<int:request_id>/answer", office.OperatorSupportAnswerView.as_view(), name="support-answer"),
    path("support/<int:request_id>/close", office.OperatorSupportCloseView.as_view(), name="support-close"),
    path("statistics/revenue", statistics.RevenueView.as_view(), name="statistics-revenue"),
    path("statistics/usage", statistics.UsageView.as_view(), name="statistics-usage"),
]
