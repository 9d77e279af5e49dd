"""The menu on every page: what the signed-in person may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import (
    BOOKS_READ,
    EVERYONE,
    LETTERS_READ,
    PEOPLE_READ,
    RECEIPTS_READ,
    SETTINGS_READ,
    Role,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """`prefix` marks the entry as the current one for every page under it."""

    label: str | Promise
    url_name: str
    prefix: str
    roles: frozenset[Role]


MENU: Sequence[Entry] = (
    Entry(_("今日すること"), "office:home", "", EVERYONE),
    Entry(_("入金の照合"), "donations:reconcile", "/donations/reconcile/", BOOKS_READ),
    Entry(_("銀行の明細"), "donations:statements", "/donations/statements/", BOOKS_READ),
    Entry(_("払込票"), "donations:slips", "/donations/slips/", BOOKS_READ),
    Entry(_("現金の入金"), "donations:cash", "/donations/cash/", BOOKS_READ),
    Entry(_("支援者"), "members:supporters", "/supporters/", PEOPLE_READ),
    Entry(_("領収書"), "receipts:receipts", "/receipts/", RECEIPTS_READ),
    Entry(_("通信"), "newsletters:newsletters", "/newsletters/", LETTERS_READ),
    Entry(_("会の設定"), "members:association", "/association/", SETTINGS_READ),
    Entry(_("操作の記録"), "office:audit", "/audit/", SETTINGS_READ),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `menu` lists (label, address, is current) for the roles of this request."""
    roles: frozenset[Role] = getattr(request, "roles", frozenset())
    menu = []
    for entry in MENU:
        if not entry.roles & roles:
            continue
        try:
            address = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        is_current = request.path.startswith(entry.prefix) if entry.prefix else request.path == address
        menu.append((entry.label, address, is_current))
    names = "・".join(str(role.label) for role in Role if role in roles)
    return {"menu": menu, "roles": roles, "role_names": names}
