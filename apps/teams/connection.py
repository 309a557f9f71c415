"""Django's connection as django-tenants extends it: `tenant`, `schema_name`, `set_tenant`. Unknown to the stubs."""

from typing import Any

from django import db

connection: Any = db.connection
