"""Supporters whose フリガナ we do not know, and what the name may sound like: a guess until a person or a transfer says so."""

from django.db.models import QuerySet

from japanese.dictionary_readings import likely_readings
from members.models import Supporter, SupporterKind, SupporterState
from members.payer_names import MOST_PROPOSED


def without_reading() -> "QuerySet[Supporter]":
    """Everybody without フリガナ who has not left, in the order of registration."""
    return Supporter.objects.filter(reading="").exclude(state=SupporterState.LEFT).order_by("pk")


def proposals_for(supporter: Supporter) -> list[str]:
    """The readings that the written name may have, the likeliest first: those that a transfer is looked up by.

    [] where the フリガナ is known, and where neither the name dataset (people only) nor, if it is installed, the dictionary
    knows the name.
    """
    if supporter.reading:
        return []
    return likely_readings(supporter.name, MOST_PROPOSED, of_a_group=supporter.kind == SupporterKind.ORGANISATION)
