"""AI content analysis (DESIGN section 7)."""

from .env import BASE_DIR, env

ENABLE_AI_ANALYSIS = env.bool("ENABLE_AI_ANALYSIS", True)
AI_ENGINES = env.list("AI_ENGINES", ["local", "rules"])
AI_BATCH_SIZE = env.int("AI_BATCH_SIZE", 16)
AI_MAX_WORKERS = env.int("AI_MAX_WORKERS", 1)
# Where the three large models of the engine `transformers` lie; `make models` fills it.
AI_MODELS_CACHE_DIR = BASE_DIR / env.str("AI_MODELS_CACHE_DIR", "var/models")
# The hub that `make models` fetches from.
HF_ENDPOINT = env.str("HF_ENDPOINT", "https://huggingface.co")
HF_TOKEN = env.str("HF_TOKEN", "")
# auto: whatever is fastest on this processor, measured when the models are loaded.
AI_PRECISION = env.str("AI_PRECISION", "auto")
# Threads of one analysis process; 0: the machine's cores shared out among AI_MAX_WORKERS.
AI_THREADS = env.int("AI_THREADS", 0)
AI_TURN_SECONDS = env.float("AI_TURN_SECONDS", 20.0)
# Whether the women and men among commenters are estimated from first names. Off: private people are not guessed at.
AUDIENCE_INFER_GENDER = env.bool("AUDIENCE_INFER_GENDER", False)
