"""What is open to a team: features by its plan, proposals by the operator's leave."""

from apps.plans.selectors import has_feature, require_feature
from apps.teams.errors import ProposalsLocked
from apps.teams.models import Team

PROPOSALS = "proposals"


def has_team_feature(team: Team, feature: str) -> bool:
    """Whether the team may use it: one of `apps.plans.selectors.Feature`, or `PROPOSALS`."""
    if feature == PROPOSALS:
        return team.proposals_unlocked_at is not None
    return has_feature(team.plan_version, feature)


def require_team_feature(team: Team, feature: str) -> None:
    """Raise `PlanFeatureNotIncluded`, or `ProposalsLocked`, unless the team may use it. For services and jobs;
    routes and pages are decorated with `requires_feature`.
    """
    if feature != PROPOSALS:
        require_feature(team.plan_version, feature)
    elif not has_team_feature(team, feature):
        raise ProposalsLocked
