"""The ledger's laws asked of the rows themselves: nothing of what changes wallets is used here."""

from .replaying import replay_wallet
from .reports import Difference, Replay

__all__ = ["Difference", "Replay", "replay_wallet"]
