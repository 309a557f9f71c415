"""What billing refuses, and what it says when the payment provider does."""

from apps.core.errors import DomainError, InvalidInput, Kind, NotFound


class BillingNotConfigured(DomainError):
    code = "billing.not_configured"
    kind = Kind.UNAVAILABLE
    message = "Payments by card are not set up on this server. Please contact us."


class BillingUnavailable(DomainError):
    """Stripe does not answer, or asks us to come back; nothing was changed and nothing charged by us."""

    code = "billing.unavailable"
    kind = Kind.UNAVAILABLE
    message = "The payment provider does not answer at the moment. Please try again; your plan stays as it is."


class BillingRefused(DomainError):
    """Stripe did not take a request of ours: a fault to look into, not an outage."""

    code = "billing.refused"
    kind = Kind.CONFLICT
    message = "The payment provider refused this. Please contact us."


class TaxIdRefused(InvalidInput):
    """The number is not one of its type, says Stripe; the former number stays."""

    code = "billing.tax_id_refused"
    message = "This is not a tax number of this kind. Please check the number and its kind."


class PaymentFailed(DomainError):
    """The card was declined; nothing changed. The details may say where the open invoice can be paid."""

    code = "billing.payment_failed"
    kind = Kind.PAYMENT_REQUIRED
    message = "The payment was declined, so nothing was changed. Please use another card."


class SubscriptionExists(DomainError):
    code = "billing.subscription_exists"
    kind = Kind.CONFLICT
    message = "The team has a plan already: change it instead of buying a second one."


class SubscriptionMissing(DomainError):
    code = "billing.no_subscription"
    kind = Kind.CONFLICT
    message = "The team has no plan that is paid for: choose one first."


class ManuallyBilled(DomainError):
    code = "billing.manual"
    kind = Kind.CONFLICT
    message = "This team pays by transfer: please contact us to change its plan."


class PlanNotForSale(DomainError):
    code = "billing.plan_not_for_sale"
    kind = Kind.CONFLICT
    message = "This plan cannot be bought. To leave a paid plan, cancel it."


class ChangeNotNeeded(DomainError):
    code = "billing.same_plan"
    kind = Kind.CONFLICT
    message = "The team has this plan already."


class CancellationPending(DomainError):
    code = "billing.cancelling"
    kind = Kind.CONFLICT
    message = "The plan ends with its period: resume it before changing it."


class CurrencyDiffers(DomainError):
    """No subscription can go from one currency to another; `details` names both."""

    code = "billing.currency_differs"
    kind = Kind.CONFLICT
    message = "Your plan is paid in another currency than this one is sold in. Please contact us to change it."


class PreviewExpired(DomainError):
    """The moment of the preview can no longer be charged for: another amount than the shown one would be."""

    code = "billing.preview_expired"
    kind = Kind.CONFLICT
    message = "The amount that was shown no longer counts, and nothing was changed. Please look at the change again."


class NotPaying(DomainError):
    code = "billing.past_due"
    kind = Kind.PAYMENT_REQUIRED
    message = "The last payment failed: pay the open invoice first."


class KeepInvalid(InvalidInput):
    """`keep` names somebody who is no active member, or more people than the plan has seats."""


class BillingBusy(DomainError):
    """Others are changing this team's billing right now."""

    code = "billing.busy"
    kind = Kind.UNAVAILABLE
    message = "This team's billing is being changed right now. Please try again."


class NothingToRefund(DomainError):
    code = "billing.nothing_to_refund"
    kind = Kind.CONFLICT
    message = "All of this payment went back already."


class RefundTooLarge(InvalidInput):
    """No more goes back than came in."""


class InvoiceClosed(DomainError):
    code = "billing.invoice_closed"
    kind = Kind.CONFLICT
    message = "Only an open invoice of a transfer is marked as paid or void."


class InvoiceNotFound(NotFound):
    code = "billing.invoice_not_found"
    message = "There is no such invoice."


class InvoiceNumberTaken(DomainError):
    code = "billing.invoice_number_taken"
    kind = Kind.CONFLICT
    message = "An invoice of this number was written down already."


class CheckoutNotFound(NotFound):
    code = "billing.checkout_not_found"
    message = "There is no such checkout."


class SignatureInvalid(DomainError):
    code = "billing.signature_invalid"
    kind = Kind.INVALID
    message = "The signature does not belong to this body."


class EventTooLarge(DomainError):
    code = "billing.event_too_large"
    kind = Kind.INVALID
    message = "The body is larger than any event."
