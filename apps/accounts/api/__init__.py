"""`/api/v1/auth/`: a thin adapter on allauth's flows. What joins people and teams stands in `apps.portal.api`."""
