"""Note in the register that a national ID number was refused on a page: where and by which rule, nothing of it."""

from django.utils import timezone

from accounts.pages import SignedInRequest
from privacy.errors import NationalIdRefused, Refused
from privacy.recording import record_refusal


def remember_problem(request: SignedInRequest, problem: Refused) -> None:
    """Note the numbers that `problem` refused, if it is about numbers at all."""
    places = list(getattr(problem, "national_ids", []))
    if isinstance(problem, NationalIdRefused):
        places.append((problem.place, problem.rules))
    for place, rules in places:
        record_refusal(place=place, rules=rules, at=timezone.now(), by=request.user.get_username())
