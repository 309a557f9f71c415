"""What an act is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from apps.accounts.models import User
from apps.admin.forms import ReasonForm

Run = Callable[[User, Any, dict[str, Any]], str]


@dataclass(frozen=True)
class Act:
    """`run(staff, row, cleaned_data)` acts and says what came of it; domain errors are shown in the form."""

    title: str
    explains: str
    run: Run
    form: type[forms.Form] = ReasonForm
    is_dangerous: bool = False
