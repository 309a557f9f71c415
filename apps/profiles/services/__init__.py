"""Writing the catalogue of creators."""

from .media import fetch_media
from .purging import purge_expired
from .refreshing import Refresh, refresh_profile

__all__ = ["Refresh", "fetch_media", "purge_expired", "refresh_profile"]
