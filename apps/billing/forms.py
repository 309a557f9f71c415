"""The form for whom the invoices go to."""

from typing import Any

from django import forms

from apps.core.countries import list_countries
from apps.core.errors import DomainError
from apps.core.typed import clean_line

from .errors import TaxIdRefused
from .models import BillingAccount
from .selectors import list_tax_id_types

_PLACE = ("line1", "line2", "city", "state", "postal_code", "country")
_TAX = ("tax_id_type", "tax_id")


class DetailsForm(forms.Form):
    """What stands on the invoices to come. Only what was changed is named by `changes`, so nothing else is told."""

    legal_name = forms.CharField(label="Legal name", max_length=200)
    email = forms.EmailField(label="E-mail for invoices", max_length=254)
    line1 = forms.CharField(label="Street and number", max_length=200, required=False)
    line2 = forms.CharField(label="Second line", max_length=200, required=False)
    postal_code = forms.CharField(label="Postal code", max_length=20, required=False)
    city = forms.CharField(label="City", max_length=100, required=False)
    state = forms.CharField(label="State or region", max_length=100, required=False)
    country = forms.ChoiceField(label="Country", required=False)
    tax_id_type = forms.ChoiceField(label="Kind of tax number", required=False)
    tax_id = forms.CharField(label="Tax number", max_length=60, required=False)

    def __init__(self, account: BillingAccount, data: Any = None) -> None:
        shown = {"legal_name": account.legal_name, "email": account.email, **account.address}
        super().__init__(data, initial=shown | {name: getattr(account, name) for name in _TAX})
        self._choose("country", list_countries(), kept=account.address.get("country", ""))
        self._choose("tax_id_type", list_tax_id_types(), kept=account.tax_id_type)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "select w-full" if isinstance(field, forms.ChoiceField) else "input"
            field.widget.attrs["dir"] = "auto"
            if name in _TAX:
                field.widget.attrs["aria-describedby"] = "tax-hint"

    def _choose(self, name: str, choices: list[tuple[str, str]], *, kept: str) -> None:
        """A value that came from Stripe and stands in no list can stay."""
        known = {code for code, _label in choices}
        own = [(kept, kept)] if kept and kept not in known else []
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *own, *choices]

    def clean(self) -> dict[str, Any]:
        given = {name: clean_line(value) for name, value in (super().clean() or self.cleaned_data).items()}
        if any(given.get(name) or self.initial.get(name) for name in _PLACE):  # an address stays one
            for name, message in (("line1", "An address needs a street."), ("country", "An address needs a country.")):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, message)
        if bool(given.get("tax_id")) != bool(given.get("tax_id_type")) and not {*_TAX} & {*self.errors}:
            self.add_error("tax_id", "A tax number and its kind go together.")
        return given

    @property
    def changes(self) -> dict[str, Any]:
        """The account's columns that are to change, of a valid form."""
        given, changed = self.cleaned_data, set(self.changed_data)
        found: dict[str, Any] = {name: given[name] for name in ("legal_name", "email") if name in changed}
        place = {name: given[name] for name in _PLACE if given[name]}
        if changed & {*_PLACE}:
            found["address"] = place
        if changed & {*_TAX}:
            found |= {name: given[name] for name in _TAX}
        return found

    def show(self, error: DomainError) -> None:
        """Say what the payment provider refused, at the field that it means."""
        self.add_error("tax_id" if isinstance(error, TaxIdRefused) else None, error.message)
