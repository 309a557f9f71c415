"""Looking up, unlocking and refreshing creators for the current team."""
