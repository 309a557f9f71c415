"""AI content analysis (DESIGN section 7)."""

from .env import env

ENABLE_AI_ANALYSIS = env.bool("ENABLE_AI_ANALYSIS", True)
AI_ENGINES = env.list("AI_ENGINES", ["local", "rules"])
AI_BATCH_SIZE = env.int("AI_BATCH_SIZE", 16)
AI_MAX_WORKERS = env.int("AI_MAX_WORKERS", 1)
