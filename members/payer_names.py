"""Under which names a supporter may pay, read off what is registered."""

from collections.abc import Iterable, Iterator

from japanese.dictionary_readings import likely_readings
from japanese.names import comparison_key
from members.models import NameOrigin, PayerName, Supporter, SupporterKind

REGISTERED = (NameOrigin.READING, NameOrigin.NAME, NameOrigin.CONTACT, NameOrigin.PROPOSED_READING)
KEY_LENGTH = 200
MOST_PROPOSED = 6


def payer_key(text: str) -> str:
    """Give the key under which a payer text is kept and looked up; "" when nothing in it is a name."""
    return comparison_key(text)[1][:KEY_LENGTH]


def registered_names(supporter: Supporter) -> dict[tuple[str, str], str]:
    """Give {(key, origin): as written} for the reading, the name and the contact person of `supporter`.

    Without フリガナ, the readings that the written name may have are there as PROPOSED_READING.
    """
    written = {
        NameOrigin.READING: supporter.reading,
        NameOrigin.NAME: supporter.name,
        NameOrigin.CONTACT: supporter.contact_name,
    }
    found = {(key, origin.value): text for origin, text in written.items() if (key := payer_key(text))}
    if not supporter.reading:
        known = {"", *(key for key, _origin in found)}
        of_a_group = supporter.kind == SupporterKind.ORGANISATION
        for text in reversed(likely_readings(supporter.name, MOST_PROPOSED, of_a_group=of_a_group)):
            if (key := payer_key(text)) not in known:
                found[key, NameOrigin.PROPOSED_READING.value] = text
    return found


def unsaved_names(supporters: Iterable[Supporter]) -> Iterator[PayerName]:
    """Give new, unsaved `PayerName` rows for supporters who have none yet."""
    for supporter in supporters:
        for (key, origin), text in registered_names(supporter).items():
            yield PayerName(supporter=supporter, key=key, origin=origin, as_written=text)
