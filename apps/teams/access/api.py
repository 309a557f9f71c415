"""The base of every API view that belongs to a team."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from apps.core.api import APIView
from apps.core.errors import DomainError
from apps.teams.errors import OUTSIDE, RoleForbidden, TeamReadOnly
from apps.teams.models import Membership, Team
from apps.teams.roles import MATRIX, NEEDS_PAYMENT, Permission

from .requests import admit, finish, leave
from .resolving import signed_in


class TeamAPIView(APIView):
    """Runs every method inside the caller's team, rendering and streaming included.

    Refuses in the order of the contract: 401, the team's 404, the role's 403; what follows is the view's. `permission`
    is one for all methods or one for each; views that change something must state it (tests/architecture).
    """

    permission: ClassVar[Permission | Mapping[str, Permission]] = Permission.TEAM_VIEW
    team: Team
    membership: Membership

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return finish(request, super().dispatch(request, *args, **kwargs))
        finally:
            leave()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.perform_authentication(request)
        signed_in(request)
        self.membership = admit(request, self.permission_for(request.method or ""))
        self.team = self.membership.team
        super().initial(request, *args, **kwargs)

    @classmethod
    def list_refusals(cls, method: str) -> tuple[type[DomainError], ...]:
        permission = cls.permission_for(method)
        forbidden = () if MATRIX[permission] == frozenset(Membership.Role) else (RoleForbidden,)
        unpaid = (TeamReadOnly,) if permission in NEEDS_PAYMENT else ()
        return (*OUTSIDE, *forbidden, *unpaid)

    @classmethod
    def permission_for(cls, method: str) -> Permission:
        """What a method asks; HEAD asks what GET does, and a method without an entry only to be a member."""
        if isinstance(cls.permission, Permission):
            return cls.permission
        return cls.permission.get("GET" if method == "HEAD" else method, Permission.TEAM_VIEW)
