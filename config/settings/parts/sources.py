"""Where creators' data comes from (DESIGN section 11)."""

from .env import env

# Tried in this order: decodo, apify, sandbox.
PROFILE_SOURCES = [name.strip() for name in env.list("PROFILE_SOURCES", ["sandbox"]) if name.strip()]

DECODO_BASE_URL = env.str("DECODO_BASE_URL", "https://scraper-api.decodo.com")
DECODO_API_KEY = env.str("DECODO_API_KEY", "")
# Which targets the account still has, of profile, posts, post, comments; the vendor has withdrawn all but the first.
DECODO_CAPABILITIES = env.list("DECODO_CAPABILITIES", ["profile"])
DECODO_TIMEOUT_SECONDS = env.float("DECODO_TIMEOUT_SECONDS", 60.0)

APIFY_BASE_URL = env.str("APIFY_BASE_URL", "https://api.apify.com")
APIFY_TOKEN = env.str("APIFY_TOKEN", "")
APIFY_TIMEOUT_SECONDS = env.float("APIFY_TIMEOUT_SECONDS", 120.0)
# How long a run that outlasts a request is looked after, and how often.
APIFY_RUN_SECONDS = env.float("APIFY_RUN_SECONDS", 300.0)
APIFY_POLL_SECONDS = env.float("APIFY_POLL_SECONDS", 2.0)

# The first wait between two attempts; later ones grow, with jitter (DESIGN section 9).
SOURCE_RETRY_WAIT_SECONDS = env.float("SOURCE_RETRY_WAIT_SECONDS", 0.5)
# How long a source rests after a refusal that asking again cannot mend (withdrawn target, used-up quota).
SOURCE_LASTING_REFUSAL_SECONDS = env.int("SOURCE_LASTING_REFUSAL_SECONDS", 900)

# More than the twelve of a profile answer are asked for where a source has them.
PROFILE_POSTS_LIMIT = env.int("PROFILE_POSTS_LIMIT", 12)

# Comments of a creator that was unlocked are read of so many of its newest posts (0: of none), …
COMMENTS_POSTS = env.int("COMMENTS_POSTS", 6)
# … so many of each post, …
COMMENTS_PER_POST = env.int("COMMENTS_PER_POST", 50)
# … and again after so many days. Post analytics, which is paid for, reads more, and again after a day.
COMMENTS_FRESH_DAYS = env.int("COMMENTS_FRESH_DAYS", 7)
COMMENTS_OF_BOUGHT_POST = env.int("COMMENTS_OF_BOUGHT_POST", 200)

# Creators that paying teams unlocked are read again after so many days, so that growth has its snapshots …
TRACKED_REFRESH_DAYS = env.int("TRACKED_REFRESH_DAYS", 7)
# … at most so many a day over all teams; 0: none.
TRACKED_REFRESH_BUDGET = env.int("TRACKED_REFRESH_BUDGET", 2_000)

# Whose pictures may be fetched: hosts by their ending. Everything else is refused.
MEDIA_ALLOWED_HOSTS = env.list("MEDIA_ALLOWED_HOSTS", ["cdninstagram.com", "fbcdn.net"])
# Hosts of MEDIA_ALLOWED_HOSTS that may be plain HTTP and inside this network; empty except for a trusted mirror.
MEDIA_PRIVATE_HOSTS: list[str] = env.list("MEDIA_PRIVATE_HOSTS", [])
