"""Find supporters by what a person has in hand: a name, a reading, a number, the end of a phone number, an address."""

import unicodedata

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from japanese.plain import to_plain
from members.models import PayerName, Supporter
from members.payer_names import payer_key

SHORTEST_PHONE_TAIL = 3


def find_supporters(text: str) -> "QuerySet[Supporter]":
    """Give the supporters that fit `text`; nobody for an empty text.

    A name fits in any spelling of variant kanji (高橋 finds 髙橋), in kana of any kind and half of it only, also as
    learned from a transfer; a number of either kind whole; digits as the end of a phone number; a piece of a mail
    address.
    """
    typed = text.strip()
    plain = to_plain(typed)
    if not typed:
        return Supporter.objects.none()
    wanted = Q(name__icontains=typed) | Q(number=plain) | Q(legacy_number=unicodedata.normalize("NFKC", typed))
    if key := payer_key(typed):
        wanted |= Q(pk__in=PayerName.objects.filter(key__contains=key, supporter__isnull=False).values("supporter"))
    if "@" in plain or plain.isascii():
        wanted |= Q(email__icontains=plain)
    supporters = Supporter.objects.all()
    tail = plain.replace("-", "").replace(" ", "")
    if tail.isdecimal() and len(tail) >= SHORTEST_PHONE_TAIL:
        supporters = supporters.alias(phone_digits=Replace(F("phone"), Value("-"), Value("")))
        wanted |= Q(phone_digits__endswith=tail)
    return supporters.filter(wanted)
