"""The trail of what the staff did."""

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from apps.system.models import AuditEntry
from apps.system.services import Target, record_action


@pytest.fixture
def entry(make_user) -> AuditEntry:
    staff = make_user("root@operator.example", is_staff=True, is_superuser=True)
    target = Target(type="team", id="7", label="Northwind", team_id=7)
    return record_action(
        actor=staff, action="team.suspend", target=target, reason="Unpaid", before={"state": "active"},
        after={"state": "suspended"},
    )  # fmt: skip


def test_it_says_who_did_what_to_whom_and_why(entry):
    kept = AuditEntry.objects.get()

    assert (kept.actor.email, kept.action, kept.team_id, kept.target_label, kept.reason, kept.before, kept.after) == (
        "root@operator.example", "team.suspend", 7, "Northwind", "Unpaid", {"state": "active"}, {"state": "suspended"},
    )  # fmt: skip


@pytest.mark.parametrize("statement", ["UPDATE system_auditentry SET reason = ''", "DELETE FROM system_auditentry"])
def test_the_database_refuses_to_change_it(entry, statement):
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEntry.objects.get().reason == "Unpaid"
