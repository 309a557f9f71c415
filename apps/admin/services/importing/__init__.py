"""Customers of the replaced system: read from CSV files, checked as a whole, then brought over row by row."""

from .running import Report, import_customers

__all__ = ["Report", "import_customers"]
