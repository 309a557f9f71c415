"""Where creators' data comes from (DESIGN section 11)."""

from .env import env

PROFILE_SOURCES = env.list("PROFILE_SOURCES", ["sandbox"])
DECODO_BASE_URL = env.str("DECODO_BASE_URL", "https://scraper-api.decodo.com")
DECODO_API_KEY = env.str("DECODO_API_KEY", "")
APIFY_BASE_URL = env.str("APIFY_BASE_URL", "https://api.apify.com")
APIFY_TOKEN = env.str("APIFY_TOKEN", "")
