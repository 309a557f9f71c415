"""The outside world of the analysis: the hub that the models come from. No job uses it, only `make models`."""
