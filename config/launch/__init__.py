"""What `make` calls: install, run, test, check. `install.py` alone runs before anything is installed."""
