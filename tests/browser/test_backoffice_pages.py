"""The operator's pages, looked at in every width and theme."""

import pytest

from apps.accounts.models import User
from apps.billing.services import roll_up_revenue
from apps.credits.tasks import roll_up_wallets
from tests.billing.revenue.history import write_history
from tests.browser.inspecting import THEMES, WIDTHS
from tests.support.queue import run_published_jobs


@pytest.fixture
def superadmin(committed_db, make_user) -> User:
    return make_user("root@operator.example", is_staff=True, is_superuser=True)


def test_the_revenue_page(visit, superadmin, make_team):
    write_history(make_team)
    roll_up_revenue()
    roll_up_wallets()
    run_published_jobs()
    problems = []
    for width in WIDTHS:
        for theme in THEMES:
            with visit("revenue", user=superadmin, width=width, theme=theme) as look:
                look.open("/admin/revenue/")
                look.shoot()
                look.page.get_by_role("link", name="EUR", exact=True).click()
                assert look.page.get_by_text("Recurring revenue in EUR").count() == 1
                problems += look.verdict
    assert problems == []
