"""Forms of the portal's pages."""

from django import forms

from apps.system.models import SupportRequest
from apps.system.services.support import SUBJECT_MAX, TEXT_MAX


def _text(label: str, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "textarea", "rows": rows, "dir": "auto"})
    return forms.CharField(max_length=TEXT_MAX, label=label, widget=widget)


class AskSupportForm(forms.Form):
    """A new matter."""

    subject = forms.CharField(
        max_length=SUBJECT_MAX, widget=forms.TextInput(attrs={"class": "input", "dir": "auto", "autocomplete": "off"})
    )
    category = forms.ChoiceField(
        choices=SupportRequest.Category.choices, label="About", widget=forms.Select(attrs={"class": "select w-full"})
    )
    text = _text("What happened, and what did you expect?", rows=6)


class WriteAgainForm(forms.Form):
    """One more message."""

    text = _text("Write back", rows=4)
