"""What upper apps may listen to."""

from django.dispatch import Signal

profile_refreshed = Signal()
"""Sent with `profile_id` after a refresh was stored (after its commit)."""

comments_stored = Signal()
"""Sent with `profile_id` after comments of a creator's posts were stored (after their commit)."""
