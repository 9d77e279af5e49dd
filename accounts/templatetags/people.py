"""Who did something, for a person to read."""

from django import template
from django.utils.translation import gettext as _

from privacy.models import SYSTEM

register = template.Library()


@register.filter
def who(name: str) -> str:
    """The user's name; what ran by itself or at the terminal was the program."""
    return _("プログラム") if name == SYSTEM else name
