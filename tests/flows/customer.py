"""A client of the API that follows its jobs."""

from collections.abc import Callable
from itertools import count
from typing import Any

from rest_framework.test import APIClient

ROOT = "/api/v1/instagram"
_keys = count(1)


class Customer:
    """Asks, lets the worker work, and reads what came of it."""

    def __init__(self, client: APIClient, run_jobs: Callable[[], list[str]]) -> None:
        self.client, self.run_jobs = client, run_jobs

    def look_up(self, username: str, **headers: str) -> Any:
        """The first answer, or after a 202 and the worker's turn the second."""
        answer = self.client.get(f"{ROOT}/profile/{username}", headers=headers)
        if answer.status_code != 202:
            return answer
        self.run_jobs()
        return self.client.get(f"{ROOT}/profile/{username}", headers=headers)

    def ask_unlock(self, username: str, *, key: str = "", body: dict[str, Any] | None = None, **headers: str) -> Any:
        headers["Idempotency-Key"] = key or f"key-{next(_keys)}"
        return self.client.post(f"{ROOT}/profile/{username}/unlock", body or {}, format="json", headers=headers)

    def unlock(self, username: str, **more: Any) -> Any:
        """`(first answer, its job when all is done)`; the job is None for a direct answer."""
        answer = self.ask_unlock(username, **more)
        if answer.status_code != 202:
            return answer, None
        self.run_jobs()
        return answer, self.job(answer.json()["job"]["id"])

    def job(self, job_id: str) -> dict[str, Any]:
        return self.client.get(f"/api/v1/jobs/{job_id}").json()

    def part(self, username: str, name: str, query: str = "", **headers: str) -> Any:
        return self.client.get(f"{ROOT}/profile/{username}/{name}{query}", headers=headers)

    def balance(self) -> dict[str, Any]:
        return self.client.get("/api/v1/credits/balance").json()

    def transactions(self) -> list[dict[str, Any]]:
        return self.client.get("/api/v1/credits/transactions").json()["results"]
