"""What changes the platform's rows."""

from .support import Asker, answer_request, close_request, open_request, write_again

__all__ = ["Asker", "answer_request", "close_request", "open_request", "write_again"]
