"""Make users and give them roles."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import RoleGrant, User
from accounts.roles import Role
from privacy.errors import Refused
from privacy.models import SYSTEM
from privacy.recording import record


def create_user(
    *, name: str, roles: Collection[Role], password: str | None, at: datetime, by: str = SYSTEM
) -> User:
    """Make a user who can sign in as `name`. With `password=None` nobody can sign in until one is set.

    Raises `Refused` with code "user_exists", "bad_user_name" or "weak_password".
    """
    user = User(username=name)
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), code="weak_password") from error
        user.set_password(password)
    else:
        user.set_unusable_password()
    try:
        user.clean_fields()
        with transaction.atomic():
            user.save()
            RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in roles)
            record(action="accounts.user_created", at=at, by=by, subject=user, changed=sorted(roles))
    except IntegrityError as error:
        raise Refused(_("「%s」という利用者はもういます。別の名前にしてください。") % name, code="user_exists") from error
    except ValidationError as error:
        raise Refused(" ".join(error.messages), code="bad_user_name") from error
    return user
