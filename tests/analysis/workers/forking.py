"""A worker that forks a process for each job whose id it reads, and says which: `python -m … < ids > processes`.

The processes read with the engine `slow`: the rules, taken slowly, with every text written to READ_LOG.
"""

import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

import django

django.setup()

from apps.analysis.engines import TextAnalysis, register_engine  # noqa: E402 - needs the settings
from apps.analysis.engines.rules import RulesEngine  # noqa: E402
from apps.core.processes import die_with_parent  # noqa: E402
from apps.jobs.services import run_job  # noqa: E402

SECONDS_A_TEXT = 0.004


class SlowEngine:
    name, version = "slow", "1"

    def analyse(self, texts: Sequence[str]) -> list[TextAnalysis]:
        for text in texts:
            time.sleep(SECONDS_A_TEXT)
            write_down(text)
        answers = RulesEngine().analyse(texts)
        return [replace(answer, engine=self.name, version=self.version) for answer in answers]


def write_down(text: str) -> None:
    """In one write, which a kill cannot cut into."""
    log = os.open(os.environ["READ_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(log, f"{text}\n".encode())
    os.close(log)


def main() -> None:
    register_engine("slow", SlowEngine)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            die_with_parent(signal.SIGKILL)
            run_job(line.strip())
            os._exit(0)
        print(child, flush=True)  # noqa: T201


main()
