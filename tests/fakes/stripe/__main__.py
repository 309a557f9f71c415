"""The fake by itself, as `make run` starts it.

python -m tests.fakes.stripe --port 8420 --state var/stripe/state.json

STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET in the environment are its own, as the product has them.
"""

import argparse
import os
import signal
import sys
from pathlib import Path

from .server import SECRET_KEY, WEBHOOK_SECRET, FakeStripe


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--state", type=Path, help="a file that remembers everything")
    parser.add_argument("--webhooks-to", default="", help="where every event is posted")
    options = parser.parse_args()
    fake = FakeStripe(
        options.port,
        state=options.state,
        webhooks_to=options.webhooks_to,
        key=os.environ.get("STRIPE_SECRET_KEY") or SECRET_KEY,
        webhook_secret=os.environ.get("STRIPE_WEBHOOK_SECRET") or WEBHOOK_SECRET,
        ticks=True,
    )
    sys.stdout.write(f"Test payments at {fake.base_url}\n")
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
