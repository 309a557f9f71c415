"""What the operator's API takes in and gives out."""

from .catalogue import DraftPlanInput, DraftPriceInput, PlanVersionOutput, PriceRuleOutput
from .credits import SystemStatsOutput
from .customers import (
    CorrectionInput,
    GrantInput,
    MovedOutput,
    OperatorTeamDetailOutput,
    OperatorTeamOutput,
    OperatorUserDetailOutput,
    OperatorUserOutput,
    PlanInput,
    ReasonInput,
    TeamsInput,
    UsersInput,
)
from .office import AnswerInput, AuditInput, AuditOutput, OperatorSupportOutput, SupportInput
from .statistics import OperatorUsageOutput, RevenueInput, RevenueOutput, UsageInput

__all__ = [
    "AnswerInput",
    "AuditInput",
    "AuditOutput",
    "CorrectionInput",
    "DraftPlanInput",
    "DraftPriceInput",
    "GrantInput",
    "MovedOutput",
    "OperatorSupportOutput",
    "OperatorTeamDetailOutput",
    "OperatorTeamOutput",
    "OperatorUsageOutput",
    "OperatorUserDetailOutput",
    "OperatorUserOutput",
    "PlanInput",
    "PlanVersionOutput",
    "PriceRuleOutput",
    "ReasonInput",
    "RevenueInput",
    "RevenueOutput",
    "SupportInput",
    "SystemStatsOutput",
    "TeamsInput",
    "UsageInput",
    "UsersInput",
]
