"""Analysis in the backoffice: what the engines said (`results`), and the jobs that had them say it (`jobs`)."""

from . import jobs, results

__all__ = ["jobs", "results"]
