"""How long and how far, in words."""

from django import template
from django.utils.translation import gettext as _

from newsletters.models import DeliveryState, NewsletterState

register = template.Library()
GOOD = {DeliveryState.ACCEPTED, DeliveryState.PRINTED, NewsletterState.CLOSED}
BAD = {DeliveryState.REFUSED, DeliveryState.UNKNOWN, NewsletterState.CANCELLED, NewsletterState.PAUSED}
PLAIN = {DeliveryState.SUPPRESSED}


@register.filter
def about_time(seconds: float) -> str:
    """およそ8分, およそ3時間, およそ2日: rounded up, because waiting longer than promised is worse."""
    minutes = -(-int(seconds) // 60)
    if minutes <= 1:
        return _("1分もかかりません")
    if minutes < 90:
        return _("およそ%(count)d分") % {"count": minutes}
    hours = -(-minutes // 60)
    if hours < 36:
        return _("およそ%(count)d時間") % {"count": hours}
    return _("およそ%(count)d日") % {"count": -(-hours // 24)}


@register.filter
def tag_class(state: str) -> str:
    """The colour of a state's tag; its word carries the meaning."""
    if state in GOOD:
        return "good"
    if state in BAD:
        return "bad"
    return "" if state in PLAIN else "look"
