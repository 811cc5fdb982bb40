"""An early pytest plugin: the private services run before pytest-django reads the settings."""

import os

from config import embedded

os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or embedded.database_url()
# Another database of the same Redis, so that a running script/server never sees the tests' tasks.
os.environ["REDIS_URL"] = os.environ.get("TEST_REDIS_URL") or f"{embedded.redis_url()}?db=15"
