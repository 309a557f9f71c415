"""What an engine may use of this machine."""

import os
import resource
from pathlib import Path

from django.conf import settings


def count_threads() -> int:
    """AI_THREADS, or the cores that this process may use, shared out among the processes of the worker."""
    cores = len(os.sched_getaffinity(0))
    return settings.AI_THREADS or max(1, cores // max(1, settings.AI_MAX_WORKERS))


def measure_memory() -> int:
    """Resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() >> 20
