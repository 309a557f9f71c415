"""The one reader of the environment: every setting that an operator may change is read through `env`."""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)
