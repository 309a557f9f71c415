"""What the portal's pages show, gathered from the apps below."""

from .pricing import get_pricing
from .shell import get_shell
from .showcase import get_showcase

__all__ = ["get_pricing", "get_shell", "get_showcase"]
