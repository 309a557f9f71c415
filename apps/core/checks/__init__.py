"""System checks: is the server what the product needs?"""

from .postgres import check_postgres

__all__ = ["check_postgres"]
