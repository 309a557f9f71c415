"""What has become of each handle, kept in the job's row: names, outcomes and codes, nothing else."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from apps.core.errors import DomainError
from apps.jobs.models import Job
from apps.jobs.runs import JobRun

BULK_KIND = "discovery.unlock_many"
OUTCOMES = ("unlocked", "already_unlocked", "limited", "private", "not_found", "invalid", "failed", "not_attempted")
_MOST_TRIES = 2
Outcome = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """`results` in the order of the request; `trying` the handle at work, and how often it was begun."""

    usernames: list[str]
    settled: dict[str, str]
    results: list[Outcome] = field(default_factory=list)
    trying: tuple[str, int] = ("", 0)
    stopped: Outcome | None = None

    @classmethod
    def of(cls, job: Job) -> "Tally":
        kept = job.result or {}
        name, tries = kept.get("trying", ("", 0))
        return cls(
            usernames=job.params["usernames"],
            settled=job.params["settled"],
            results=list(kept.get("results", [])),
            trying=(name, tries),
            stopped=kept.get("stopped"),
        )

    def walk(self) -> Iterator[str]:
        """The handles that are still to be done, until work stops."""
        while len(self.results) < len(self.usernames) and self.stopped is None:
            yield self.usernames[len(self.results)]

    def begin(self, username: str) -> bool:
        """Count a try; False when it was begun and broken off too often: it must not take the others with it."""
        tries = self.trying[1] + 1 if self.trying[0] == username else 1
        self.trying = (username, tries)
        return tries <= _MOST_TRIES

    def end(self, outcome: Outcome) -> None:
        self.results.append(outcome)
        self.trying = ("", 0)

    def as_dict(self, *more: Outcome) -> dict[str, Any]:
        """What is kept, with the outcomes that the same commit makes true."""
        results = [*self.results, *more]
        return {"results": results, "stopped": self.stopped, "trying": list(("", 0) if more else self.trying)}

    @property
    def charged(self) -> int:
        return sum(outcome["charged"] for outcome in self.results)

    def count(self, outcome: str) -> int:
        return sum(one["outcome"] == outcome for one in self.results)

    def keep(self, run: JobRun) -> None:
        run.keep(self.as_dict())


def make_outcome(username: str, outcome: str, *, charged: int = 0, error: DomainError | None = None) -> Outcome:
    told: Outcome = {"username": username, "outcome": outcome, "charged": charged}
    return told | ({"code": error.code, "message": error.message} if error else {})


def show_tally(job: Job) -> dict[str, Any]:
    """`{requested, <outcome>: number …, charged, stopped, results: [{username, outcome, charged, code?, url, …}]}`.

    Handles that were not reached, because means ran out or the job was cancelled, are `not_attempted`.
    """
    tally = Tally.of(job)
    left = [make_outcome(name, "not_attempted") for name in tally.usernames[len(tally.results) :]]
    results = [*tally.results, *left]
    counts = Counter(outcome["outcome"] for outcome in results)
    return {
        "requested": len(results),
        **{outcome: counts[outcome] for outcome in OUTCOMES},
        "charged": tally.charged,
        "stopped": tally.stopped,
        "results": [_show(outcome) for outcome in results],
    }


def _show(outcome: Outcome) -> Outcome:
    has_report = outcome["outcome"] in {"unlocked", "already_unlocked"}
    return {**outcome, "url": f"/api/v1/instagram/profile/{outcome['username']}" if has_report else None}
