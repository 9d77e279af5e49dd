"""The people who use the program, and the roles they hold."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role


class User(AbstractUser):
    """A volunteer who signs in. No name beyond the sign-in name is kept."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    def roles_held(self) -> frozenset[Role]:
        """One query: the roles of this user; empty for a user who was switched off."""
        if not self.is_active:
            return frozenset()
        return frozenset(Role(role) for role in self.role_grants.values_list("role", flat=True))


class RoleGrant(models.Model):
    """One user holds one role."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("役割"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("役割")
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="one_grant_per_role")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"
