"""Writing the catalogue of creators."""

from .flagging import renew_flags
from .media import fetch_media
from .pricing import publish_rates
from .purging import purge_expired
from .refreshing import Refresh, refresh_profile
from .tracking import track_profiles

__all__ = [
    "Refresh",
    "fetch_media",
    "publish_rates",
    "purge_expired",
    "refresh_profile",
    "renew_flags",
    "track_profiles",
]
