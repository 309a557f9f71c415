"""What every API view shares: the error envelope, pagination, the base view."""

from .handlers import exception_handler
from .pagination import CursorPagination
from .views import APIView

__all__ = ["APIView", "CursorPagination", "exception_handler"]
