"""The cast of the tests: named people, one group, fixed moments."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import RoleGrant, User
from accounts.roles import Role
from tests.canary.search import Canary, search
from tests.settings import FOLDER

PUBLIC_NUMBER = "123456789018"
"""The one number that tests may write down: it must be refused everywhere, so nothing of it may stay anywhere."""
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Afterwards no byte of the data directory, the database and its log of writes holds the number tests drive around."""
    yield
    assert search(Path(FOLDER), Canary(PUBLIC_NUMBER)) == []


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def now() -> datetime:
    return NOW


def make_user(name: str, *roles: Role) -> User:
    user = User.objects.create(username=name)
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in roles)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def newcomer(db) -> Client:
    """Whoever opens a new installation: there is no user yet."""
    return Client()


@pytest.fixture
def outsider(db) -> Client:
    """Nobody: not signed in, where others can."""
    make_user("dareka")
    return Client()


@pytest.fixture
def treasurer(db) -> Client:
    """帳簿さん keeps the books."""
    return signed_in(make_user("choubo", Role.TREASURER))


@pytest.fixture
def organiser(db) -> Client:
    """便りさん writes the newsletter and sees no amounts."""
    return signed_in(make_user("tayori", Role.ORGANISER))


@pytest.fixture
def printer(db) -> Client:
    """印刷さん prints receipts."""
    return signed_in(make_user("insatsu", Role.PRINTER))


@pytest.fixture
def auditor(db) -> Client:
    """監査さん may read the books and write nothing: the read-only role."""
    return signed_in(make_user("kansa", Role.AUDITOR))


@pytest.fixture
def admin(db) -> Client:
    """管理さん manages users and settings and sees no supporters."""
    return signed_in(make_user("kanri", Role.ADMIN))
