"""A superadmin and his browser."""

import pytest


@pytest.fixture
def superadmin(make_user):
    return make_user("root@operator.example", is_staff=True, is_superuser=True)


@pytest.fixture
def console(client, superadmin):
    client.force_login(superadmin)
    return client
