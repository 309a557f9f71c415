"""Writing the catalogue of creators."""

from .media import fetch_media
from .pricing import publish_rates
from .purging import purge_expired
from .refreshing import Refresh, refresh_profile
from .tracking import track_profiles

__all__ = ["Refresh", "fetch_media", "publish_rates", "purge_expired", "refresh_profile", "track_profiles"]
