"""PostgreSQL and Valkey from wheels, for `make run` and `make test` on a machine that has neither."""
