"""The first run: our group, its account and the first user, all at once."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.granting import create_user
from accounts.models import User
from accounts.roles import Role
from members.setting_up import set_up_association
from privacy.errors import Refused

FIRST_ROLES = (Role.ADMIN, Role.TREASURER, Role.ORGANISER, Role.PRINTER)


def is_first_run() -> bool:
    """Whether nobody can sign in yet."""
    return not User.objects.exists()


def run_first(
    *, group: dict[str, str | int | None], user_name: str, password: str, today: date, at: datetime
) -> User:
    """Make the group (keyword arguments of `set_up_association`) and its first user, who holds every role.

    Raises `Refused` "not_first_run" when somebody was faster, else as the two actions do.
    """
    with transaction.atomic():
        if not is_first_run():
            raise Refused(_("はじめの設定はもう済んでいます。サインインしてください。"), code="not_first_run")
        user = create_user(name=user_name, roles=FIRST_ROLES, password=password, at=at, by=user_name)
        set_up_association(**group, today=today, at=at, by=user_name)  # type: ignore[arg-type]
    return user
