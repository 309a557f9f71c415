"""Teams: how many ready schemas wait for new ones, and which hosts belong to no team."""

from .env import env

TEAM_STOCK = env.int("TEAM_STOCK", 10)
# Hosts of the product itself: no look-up of a team's domain is made for them.
PRODUCT_HOSTS = env.list("PRODUCT_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"])
