"""Whom the invoices go to."""

from typing import Any

from rest_framework import serializers

from apps.billing.gateways import TAX_ID_TYPES

CURRENCIES = ["USD", "EUR", "GBP", "AED", "SAR"]


class AddressField(serializers.Serializer[Any]):
    line1 = serializers.CharField(max_length=200)
    line2 = serializers.CharField(max_length=200, required=False, allow_blank=True)
    city = serializers.CharField(max_length=100, required=False, allow_blank=True)
    state = serializers.CharField(max_length=100, required=False, allow_blank=True)
    postal_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    country = serializers.RegexField(r"^[A-Z]{2}$", help_text="ISO 3166-1 alpha-2.")


class DetailsInput(serializers.Serializer[Any]):
    """What is not named stays. A tax number is named with its type; both empty take it away."""

    email = serializers.EmailField(max_length=254, required=False)
    legal_name = serializers.CharField(max_length=200, required=False)
    address = AddressField(required=False)
    tax_id_type = serializers.CharField(
        max_length=30, required=False, allow_blank=True, help_text="As Stripe names it: eu_vat, gb_vat, ae_trn, …"
    )
    tax_id = serializers.CharField(max_length=60, required=False, allow_blank=True)
    currency = serializers.ChoiceField(choices=CURRENCIES, required=False, help_text="In which amounts are shown.")

    def validate_tax_id_type(self, value: str) -> str:
        if value and value not in TAX_ID_TYPES:
            raise serializers.ValidationError("This is no kind of tax number.")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = {"tax_id", "tax_id_type"} & set(attrs)
        if given and (len(given) < 2 or bool(attrs["tax_id"]) != bool(attrs["tax_id_type"])):
            raise serializers.ValidationError({"tax_id": "A tax number and its type go together."})
        return attrs


class DetailsOutput(serializers.Serializer[Any]):
    email = serializers.CharField(allow_blank=True)
    legal_name = serializers.CharField(allow_blank=True)
    address = serializers.DictField(child=serializers.CharField())
    tax_id_type = serializers.CharField(allow_blank=True)
    tax_id = serializers.CharField(allow_blank=True)
    currency = serializers.CharField()
