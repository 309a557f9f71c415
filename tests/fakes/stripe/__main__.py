"""The fake by itself, as `make run` starts it.

python -m tests.fakes.stripe --port 8420 --state var/stripe/state.json
"""

import argparse
import signal
import sys
from pathlib import Path

from .server import SECRET_KEY, FakeStripe


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--state", type=Path, help="a file that remembers everything")
    parser.add_argument("--webhooks-to", default="", help="where every event is posted")
    options = parser.parse_args()
    fake = FakeStripe(options.port, state=options.state, webhooks_to=options.webhooks_to, ticks=True)
    sys.stdout.write(f"Test payments at {fake.base_url}, secret key {SECRET_KEY}\n")
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    fake.start()
    try:
        fake.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        fake.stop()


if __name__ == "__main__":
    main()
