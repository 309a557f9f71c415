"""Support requests: what is written, who is mailed, what the queue shows."""

import pytest

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.system import errors
from apps.system.models import AuditEntry, OutboxMail, SupportRequest
from apps.system.selectors import count_waiting_requests
from apps.system.services import Asker, answer_request, close_request, open_request, write_again

MATTER = {"subject": "A report is empty", "category": "creators", "text": "It shows\nnothing."}


@pytest.fixture(autouse=True)
def mailed_to(settings):
    settings.SUPPORT_EMAIL = "help@operator.example"
    settings.EMAIL_BACKEND = "apps.system.mail.backend.OutboxBackend"


@pytest.fixture
def member(make_user) -> User:
    return make_user("mia@brand.example", full_name="Mia Member")


@pytest.fixture
def staff(make_user) -> User:
    return make_user("root@operator.example", is_staff=True, is_superuser=True)


def ask(member, *, team_id=7, priority="standard", **changes) -> SupportRequest:
    asker = Asker(team_id=team_id, team_name="Brand", member=member, priority=priority)
    return open_request(asker=asker, **{**MATTER, **changes})


def mails() -> list[tuple[list[str], str]]:
    return [(mail.recipients, mail.subject) for mail in OutboxMail.objects.order_by("id")]


def test_a_request_is_mailed_to_the_support_and_acknowledged(member):
    asked = ask(member, priority="priority")

    assert (asked.state, asked.priority, asked.team_name) == ("open", "priority", "Brand")
    assert mails() == [
        (["help@operator.example"], f"[#{asked.pk} priority] A report is empty"),
        (["mia@brand.example"], f"We have your request #{asked.pk}: A report is empty"),
    ]
    to_support = OutboxMail.objects.order_by("id")[0]
    assert "It shows\nnothing." in to_support.text
    assert b"Reply-To: mia@brand.example" in bytes(to_support.message)


def test_without_an_address_it_waits_in_the_admin_alone(member, settings):
    settings.SUPPORT_EMAIL = ""

    ask(member)

    assert [to for to, _ in mails()] == [["mia@brand.example"]]
    assert count_waiting_requests() == 1


def test_an_answer_is_mailed_and_a_new_message_opens_it_again(member, staff):
    asked = ask(member)

    answered = answer_request(request_id=asked.pk, staff=staff, text="We mended it.")
    assert answered.state == "answered"
    assert mails()[-1] == (["mia@brand.example"], f"Answer to your request #{asked.pk}: A report is empty")
    assert "We mended it." in OutboxMail.objects.order_by("-id")[0].text
    assert count_waiting_requests() == 0

    again = write_again(request_id=asked.pk, team_id=7, member=member, text="Still empty.")
    assert (again.state, again.messages.count()) == ("open", 3)
    assert again.waiting_since > asked.waiting_since
    assert mails()[-1][0] == ["help@operator.example"]


def test_a_second_message_does_not_lose_the_place_in_the_queue(member):
    asked = ask(member)

    again = write_again(request_id=asked.pk, team_id=7, member=member, text="More about it.")

    assert again.waiting_since == asked.waiting_since


def test_closing_twice_is_harmless_and_writing_opens_it(member):
    asked = ask(member)

    first = close_request(request_id=asked.pk, team_id=7)
    second = close_request(request_id=asked.pk)
    assert (first.state, second.closed_at) == ("closed", first.closed_at)

    again = write_again(request_id=asked.pk, team_id=7, member=member, text="No.")
    assert (again.state, again.closed_at) == ("open", None)


@pytest.mark.parametrize("act", [close_request, write_again])
def test_another_teams_request_does_not_exist(member, act):
    asked = ask(member, team_id=7)
    more = {"member": member, "text": "Mine?"} if act is write_again else {}

    with pytest.raises(errors.SupportRequestNotFound):
        act(request_id=asked.pk, team_id=8, **more)

    asked.refresh_from_db()
    assert (asked.state, asked.messages.count()) == ("open", 1)


@pytest.mark.parametrize(
    "changes",
    [{"subject": " \n "}, {"subject": "x" * 151}, {"text": ""}, {"text": "x" * 5001}, {"category": "gossip"}],
)
def test_what_is_empty_or_too_long_is_refused(member, changes):
    with pytest.raises(errors.SupportTextInvalid):
        ask(member, **changes)

    assert (SupportRequest.objects.count(), OutboxMail.objects.count()) == (0, 0)


def test_a_subject_cannot_add_headers_or_turn_the_text_around(member):
    asked = ask(member, subject="Hello\r\nBcc: everybody@example.com\u202e")

    assert asked.subject == "Hello Bcc: everybody@example.com"
    assert all(b"\nBcc:" not in bytes(mail.message) for mail in OutboxMail.objects.all())


def test_markup_is_text_in_the_mail(member):
    ask(member, text="<script>alert(1)</script> & {{ 7 }}")

    html = OutboxMail.objects.order_by("id")[0].html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 }}" in html
    assert "<script>" not in html


def test_a_team_has_twenty_open_requests_at_most(member):
    first, *_ = [ask(member) for _ in range(20)]

    with pytest.raises(errors.TooManySupportRequests) as refused:
        ask(member)
    assert isinstance(refused.value, DomainError)
    assert ask(member, team_id=8).pk

    close_request(request_id=first.pk)
    assert ask(member).pk


def test_the_queue_is_by_priority_and_then_by_age(client, member, staff):
    standard, urgent, second = ask(member), ask(member, priority="priority"), ask(member)
    answered = ask(member, priority="priority")
    answer_request(request_id=answered.pk, staff=staff, text="Done.")
    client.force_login(staff)

    page = client.get("/admin/system/supportrequest/")

    shown = [one.pk for one in page.context["cl"].result_list]
    assert shown == [urgent.pk, standard.pk, second.pk, answered.pk]


def test_the_staff_answers_and_closes_in_the_admin(client, member, staff):
    asked = ask(member, text="<b>bold</b>")
    client.force_login(staff)
    address = f"/admin/system/supportrequest/{asked.pk}/change/"

    assert "&lt;b&gt;bold&lt;/b&gt;" in client.get(address).content.decode()
    assert client.post(address, {"answer": ""}).status_code == 200
    assert client.post(address, {"answer": "Look here.", "settle": "on"}).status_code == 302

    asked.refresh_from_db()
    assert (asked.state, asked.subject) == ("closed", "A report is empty")
    assert [(one.text, one.from_staff, one.author_id) for one in asked.messages.all()][-1] == (
        "Look here.", True, staff.pk,
    )  # fmt: skip
    assert mails()[-1][0] == ["mia@brand.example"]
    trail = AuditEntry.objects.get()
    assert (trail.actor_id, trail.action, trail.team_id, trail.target_id) == (
        staff.pk,
        "support.answer",
        7,
        str(asked.pk),
    )
    assert (trail.before, trail.after) == ({"state": "open"}, {"state": "closed"})
