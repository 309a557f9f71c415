"""What upper apps may listen to."""

from django.dispatch import Signal

profile_refreshed = Signal()
"""Sent with `profile_id` after a refresh was stored (after its commit)."""
