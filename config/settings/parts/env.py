"""The one reader of the environment: every setting that an operator may change is read through `env`."""

import os
from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)
if os.environ.get("DJANGO_SETTINGS_MODULE") == "config.settings.local":
    # Written by `make run` while it runs, so that `manage.py` by hand finds the same servers. What is given wins.
    env.read_env(str(VAR_DIR / "servers.env"), recurse=False)
