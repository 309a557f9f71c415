"""What each of revenue's numbers is, in words: shown beside them and published in docs/glossary.md."""

DEFINITIONS: dict[str, str] = {
    "MRR": "Monthly recurring revenue: what all subscriptions bring a month at their agreed prices, before taxes. A"
    " monthly price counts as it is, an annual one with a twelfth, rounded half up; by card or by transfer alike. A"
    " subscription counts from its first payment to its end: past due, in grace and read-only included. Top-ups and"
    " plans at a price of nothing do not count.",
    "ARR": "Twelve times the MRR.",
    "New MRR": "Of teams that pay for the first time.",
    "Expansion MRR": "What teams pay more than before: a larger plan, a shorter interval, a higher price.",
    "Contraction MRR": "What teams pay less than before and still pay.",
    "Churned MRR": "What teams paid whose subscription ended, on the day of its end. Asking for the end changes"
    " nothing before that day, and going on in time changes nothing at all.",
    "Reactivated MRR": "Of teams that paid before, then did not, and pay again. A change of currency is churned in the"
    " one and reactivated in the other: amounts of two currencies are never added.",
    "Paying teams": "Teams with an MRR above zero at the end of the month. Won: they had none when it began. Lost: they"
    " had one when it began, and have none at its end.",
    "Churn rate": "Lost teams by the teams that paid when the month began.",
    "MRR churn": "Churned and contraction MRR by the MRR with which the month began.",
    "ARPA": "Average revenue per account: MRR by paying teams at the end of the month, rounded half up.",
    "Top-up revenue": "What top-ups cost that were paid in the month, discounts taken off, before taxes. Refunds are"
    " shown apart.",
    "Top-up conversion": "Of the top-ups ordered in the month, the share that has been paid, whenever that was.",
    "Refunds": "What went back to customers in the month, by refund or dispute. A refund that failed and a dispute that"
    " was won are taken off the month in which the money came back.",
    "Credits outstanding": "What is left of all grants that have not ended, held or not, at the end of the month, by"
    " unit, over all teams that are not archived. Counted by each team's job every hour.",
    "Month": "A calendar month in UTC. The current one is shown as far as it has come.",
}
