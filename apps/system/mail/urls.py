"""`/dev/mail/`, 404 outside the demo."""

from django.urls import path

from . import mailbox

app_name = "mailbox"
urlpatterns = [
    path("", mailbox.list_mails, name="list"),
    path("<int:mail_id>/", mailbox.read_mail, name="read"),
    path("<int:mail_id>/html/", mailbox.read_mail_html, name="html"),
]
