"""Under which names a supporter may pay, read off what is registered."""

from collections.abc import Iterable, Iterator

from japanese.names import comparison_key
from members.models import NameOrigin, PayerName, Supporter

REGISTERED = (NameOrigin.READING, NameOrigin.NAME, NameOrigin.CONTACT)
KEY_LENGTH = 200


def payer_key(text: str) -> str:
    """Give the key under which a payer text is kept and looked up; "" when nothing in it is a name."""
    return comparison_key(text)[1][:KEY_LENGTH]


def registered_names(supporter: Supporter) -> dict[tuple[str, str], str]:
    """Give {(key, origin): as written} for the reading, the name and the contact person of `supporter`."""
    written = {
        NameOrigin.READING: supporter.reading,
        NameOrigin.NAME: supporter.name,
        NameOrigin.CONTACT: supporter.contact_name,
    }
    return {(key, origin.value): text for origin, text in written.items() if (key := payer_key(text))}


def unsaved_names(supporters: Iterable[Supporter]) -> Iterator[PayerName]:
    """Give new, unsaved `PayerName` rows for supporters who have none yet."""
    for supporter in supporters:
        for (key, origin), text in registered_names(supporter).items():
            yield PayerName(supporter=supporter, key=key, origin=origin, as_written=text)
