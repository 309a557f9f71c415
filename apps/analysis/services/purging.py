"""Readings that no post or comment needs any more."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

# DESIGN section 8: a text that comes back within this time need not be read again.
UNUSED_RESULTS_KEPT_FOR = timedelta(days=7)
_PURGE = """
DELETE FROM analysis_textresult
 WHERE id IN (
       SELECT result.id FROM analysis_textresult result
        WHERE result.created_at < %s
          AND NOT EXISTS (SELECT 1 FROM analysis_postanalysis post WHERE post.text_result_id = result.id)
          AND NOT EXISTS (SELECT 1 FROM analysis_commentanalysis said WHERE said.text_result_id = result.id)
        ORDER BY result.id LIMIT 50000)
"""


def purge_unused_results() -> int:
    """Drop readings older than seven days that stand for no post or comment; how many. Others stay."""
    with connection.cursor() as cursor:
        cursor.execute(_PURGE, [timezone.now() - UNUSED_RESULTS_KEPT_FOR])
        return int(cursor.rowcount)
