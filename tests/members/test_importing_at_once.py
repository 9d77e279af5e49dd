"""Two people bring the same list at the same moment: real threads, as in an installation."""

import pytest

from members.importing_supporters import import_supporters
from members.models import Supporter
from members.registering import SupporterFacts, register_supporter
from tests.at_once import at_once, database_for_threads, in_a_thread
from tests.factories.members import AssociationFactory

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = "氏名,フリガナ,住所"
PEOPLE = [f"山田 {n}郎,ヤマダ {n},杉並区阿佐谷南{n}" for n in range(1, 21)]
NUMBERED = "\n".join(["支援者番号," + HEAD, *(f"A{n},{row}" for n, row in enumerate(PEOPLE, start=1))])


@pytest.fixture(autouse=True)
def our_group(tmp_path):
    AssociationFactory()
    with database_for_threads(tmp_path):
        yield


@pytest.mark.parametrize("text", ["\n".join([HEAD, *PEOPLE]), NUMBERED], ids=["without numbers", "with numbers"])
def test_a_list_brought_twice_at_once_is_registered_once(text, today, now) -> None:
    """The slower one finds everybody there, and is not refused."""

    def bring():
        import_supporters(data=text.encode(), file_name="list.csv", today=today, at=now, by="choubo")

    assert (at_once(bring, bring), in_a_thread(Supporter.objects.count)) == (["done", "done"], 20)


def test_people_registered_at_once_get_different_numbers(today, now) -> None:
    """Six at a time."""

    def registering(name):
        return lambda: register_supporter(facts=SupporterFacts(name=name), today=today, at=now, by="choubo")

    at_once(*(registering(f"山田 {n}郎") for n in range(6)))
    assert in_a_thread(lambda: Supporter.objects.values("number").distinct().count()) == 6
