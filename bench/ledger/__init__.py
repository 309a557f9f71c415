"""Holds and captures per second beside a bare psycopg script, the balance, and the dashboards of a long ledger."""

from .printing import run

__all__ = ["run"]
