"""The engines at work: posts an hour by the large models through the job, and how the site fares meanwhile."""

from .run import run

__all__ = ["run"]
