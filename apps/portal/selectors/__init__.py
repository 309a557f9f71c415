"""What the portal's pages show, gathered from the apps below."""

from .pricing import get_pricing
from .shell import get_shell

__all__ = ["get_pricing", "get_shell"]
