"""入金の照合: the desk as each role sees it, and every decision made on it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from donations.allocating import confirm, link_reversal, set_aside
from donations.models import (
    Allocation,
    Prediction,
    ReconcileBatch,
    Reversal,
    SetAside,
    SetAsideReason,
    Transaction,
)
from donations.shares import DONATION, DUES, Share
from donations.suggestions import Suggester, suggest
from members.models import NameOrigin
from privacy.models import SYSTEM
from tests.factories.donations import TransactionFactory
from tests.factories.members import (
    AssociationFactory,
    BankAccountFactory,
    FeeRateFactory,
    PayerNameFactory,
    SupporterFactory,
)

pytestmark = pytest.mark.django_db
DESK = "/donations/reconcile/"


@pytest.fixture
def account():
    AssociationFactory()
    FeeRateFactory()
    FeeRateFactory(organisation=True)
    return BankAccountFactory()


@pytest.fixture
def hanako(account):
    return SupporterFactory(name="徳本　花子", reading="トクモト ハナコ")


@pytest.fixture
def certain(account, hanako):
    return TransactionFactory(account=account, received_yen=2_000)


@pytest.fixture
def likely(account, hanako):
    return TransactionFactory(account=account, received_yen=1_250, detail_2="ﾄｸﾓﾄ ﾊﾅｺ ﾌﾞﾝ")


@pytest.fixture
def stranger(account):
    return TransactionFactory(account=account, received_yen=3_000, detail_2="ﾐｼﾗﾇ ﾋﾄ")


@pytest.fixture
def withdrawal(account, certain):
    return TransactionFactory(
        account=account, received_yen=0, paid_out_yen=2_000, detail_1="組戻", booked_on=certain.booked_on + timedelta(3)
    )


def body(response):
    return response.content.decode()


def digest_of(row):
    return suggest(Transaction.objects.unreconciled().filter(pk=row.pk))[0].digest


def choice(row, supporter):
    row = Transaction.objects.with_open_yen().get(pk=row.pk)
    return f"{supporter.pk}:{Suggester().candidate(row, supporter.pk).digest}"


def post(client, name, of=None, **data):
    return client.post(reverse(f"donations:{name}", args=[of.pk] if of else []), data)


def confirmed(row, supporter):
    shares = [Share(supporter.pk, DUES, row.received_yen, 2026, row.received_yen // 1_000)]
    return confirm(transaction_id=row.pk, shares=shares, at=timezone.now(), by="choubo")


# --- who may see and do what


ROW_PAGES = ["find_payer", "new_payer", "split"]
ROW_DECISIONS = [
    "confirm_row", "confirm_joint", "anonymous", "set_aside", "undo_row", "link_reversal", "unlink_reversal",
]  # fmt: skip


def test_the_desk_is_drawn(treasurer, certain):
    """The treasurer gets the page."""
    assert treasurer.get(DESK).status_code == 200


def test_an_outsider_signs_in_first(outsider, account, treasurer):
    """Nobody sees the desk without signing in."""
    assert outsider.get(DESK).headers["Location"] == f"/accounts/login/?next={DESK}"


@pytest.mark.parametrize("who", ["organiser", "printer", "admin"])
def test_other_roles_are_refused(request, who, certain):
    """Amounts of single people are for those who keep the books."""
    assert request.getfixturevalue(who).get(DESK).status_code == 403


@pytest.mark.parametrize("pile", ["certain", "likely", "ask", "aside", "done"])
def test_the_auditor_reads_and_has_no_buttons(auditor, account, hanako, certain, likely, stranger, withdrawal, pile):
    """Every pile is shown without a button but the one to sign out."""
    confirmed(TransactionFactory(account=account), hanako)
    page = body(auditor.get(DESK, {"pile": pile}))
    assert re.findall(r"<button(?! type=\"submit\" disabled hidden)[^>]*>([^<]*)<", page) == ["終わる(サインアウト)"]


@pytest.mark.parametrize("name", ROW_DECISIONS)
def test_the_auditor_decides_nothing(auditor, certain, name):
    """Every decision is refused to the read-only role."""
    assert post(auditor, name, certain).status_code == 403


@pytest.mark.parametrize("name", ROW_PAGES)
def test_the_auditor_may_look_at_the_sheets(auditor, certain, name):
    """GET shows, POST is refused."""
    address = reverse(f"donations:{name}", args=[certain.pk])
    assert (auditor.get(address).status_code, auditor.post(address).status_code) == (200, 403)


def test_the_auditor_confirms_no_pile(auditor, certain):
    """Nor undoes a batch."""
    undo = auditor.post(reverse("donations:undo_batch", args=[1]))
    assert (post(auditor, "confirm_pile").status_code, undo.status_code) == (403, 403)


@pytest.mark.parametrize("name", [*ROW_DECISIONS, *ROW_PAGES])
def test_a_row_that_is_not_there_is_not_found(treasurer, account, name):
    """404, not an error."""
    assert treasurer.post(reverse(f"donations:{name}", args=[10**6])).status_code == 404


def test_a_batch_that_is_not_there_is_not_found(treasurer, account):
    """404, not an error."""
    assert treasurer.post(reverse("donations:undo_batch", args=[10**6])).status_code == 404


@pytest.mark.parametrize("name", ROW_DECISIONS)
def test_a_decision_is_not_made_by_get(treasurer, certain, name):
    """A link that somebody follows changes nothing."""
    assert treasurer.get(reverse(f"donations:{name}", args=[certain.pk])).status_code == 405


def test_the_desk_takes_no_post(treasurer, account):
    """The page itself only shows."""
    assert treasurer.post(DESK).status_code == 405


# --- the piles


@pytest.mark.parametrize(
    ("pile", "words"),
    [
        ("certain", 'そのまま確定できます <span class="count">1件</span>'),
        ("likely", '確認してください <span class="count">1件</span>'),
        ("ask", '心当たりなし <span class="count">1件</span>'),
        ("done", '今日の確定 <span class="count">0件</span>'),
    ],
)
def test_each_tab_says_how_many(treasurer, certain, likely, stranger, pile, words):
    """One row in each pile, counted in words on every tab."""
    assert words in body(treasurer.get(DESK, {"pile": pile}))


def test_the_first_pile_with_rows_is_opened(treasurer, stranger):
    """With nothing certain and nothing likely, the strangers are shown."""
    assert "ﾐｼﾗﾇ ﾋﾄ" in body(treasurer.get(DESK))


def test_an_unknown_pile_is_no_error(treasurer, certain):
    """A mistyped address shows the desk."""
    assert treasurer.get(DESK, {"pile": "x", "row": "y", "page": "z", "who": "w", "done": "v"}).status_code == 200


def test_certain_rows_are_ticked(treasurer, certain):
    """The safe rows arrive ticked, with the fingerprint of what is shown."""
    assert f'name="row" value="{certain.pk}:{digest_of(certain)}" id="tick-{certain.pk}" checked' in body(treasurer.get(DESK))


def test_certain_rows_say_the_expected_errors(treasurer, certain):
    """In words, before anything is confirmed."""
    assert "1件を自動で照合します。誤りの見込みは0.01件未満です（試験データによる見積り）。" in body(treasurer.get(DESK))


def test_the_least_certain_comes_first(treasurer, account):
    """Of two certain rows the one with the commoner name is looked at first."""
    for name, reading, payer in (("井伊谷　伽羅子", "イイノヤ キャラコ", "ｲｲﾉﾔ ｷﾔﾗｺ"), ("佐藤　恵", "サトウ メグミ", "ｻﾄｳ ﾒｸﾞﾐ")):
        SupporterFactory(name=name, reading=reading)
        TransactionFactory(account=account, detail_2=payer)
    page = body(treasurer.get(DESK))
    assert page.index("ｻﾄｳ ﾒｸﾞﾐ") < page.index("ｲｲﾉﾔ ｷﾔﾗｺ")


def test_three_thousand_of_a_stranger_are_explained(treasurer, stranger):
    """The page says that they may be three individual units or one of an organisation."""
    assert "3,000円は、個人の3口とも、団体の1口とも読めます" in body(treasurer.get(DESK))


def test_an_open_row_shows_the_candidate_and_the_reasons(treasurer, likely, hanako):
    """Left the bank's words, right the candidate as a radio button, with shares and reasons."""
    page = body(treasurer.get(DESK, {"pile": "likely"}))
    assert (f'value="{choice(likely, hanako)}"' in page, "登録の読み「トクモト ハナコ」と同じです。" in page) == (True, True)


def test_candidates_on_the_desk_are_told_apart_by_where_they_live(treasurer, account):
    """Namesakes stand with their addresses."""
    for prefecture in ("青森県", "長崎県"):
        SupporterFactory(name="徳本　花子", reading="トクモト ハナコ", prefecture=prefecture, address="架空町1-1")
    row = TransactionFactory(account=account, received_yen=2_000)
    page = body(treasurer.get(DESK, {"row": row.pk}))
    assert ("青森県架空町1-1" in page, "長崎県架空町1-1" in page) == (True, True)


def test_a_weak_candidate_has_words_instead_of_a_percentage(treasurer, account):
    """Below one half the page says that it is not certain; three namesakes share what there is to believe."""
    SupporterFactory.create_batch(3, name="徳本　花子", reading="トクモト ハナコ")
    row = TransactionFactory(account=account, received_yen=2_000)
    page = body(treasurer.get(DESK, {"row": row.pk}))
    assert (page.count("確かではありません"), "確からしさ" in page) == (3, False)


def test_one_row_is_open_and_the_others_are_folded(treasurer, account, stranger):
    """Two strangers: one with buttons, one as a link."""
    other = TransactionFactory(account=account, detail_2="ﾍﾞﾂﾉ ﾋﾄ")
    page = body(treasurer.get(DESK, {"pile": "ask", "row": other.pk}))
    assert (page.count("匿名のカンパ"), f"?pile=ask&amp;row={stranger.pk}#row-{stranger.pk}" in page) == (1, True)


def test_a_row_is_opened_in_its_own_pile(treasurer, certain, stranger):
    """`row` alone is enough."""
    page = body(treasurer.get(DESK, {"row": stranger.pk}))
    assert 'href="?pile=ask" aria-current="page"' in page


def test_a_pile_is_shown_in_pages(treasurer, account):
    """26 rows are two pages; the second holds one."""
    TransactionFactory.create_batch(26, account=account, detail_2="ﾐｼﾗﾇ ﾋﾄ")
    assert body(treasurer.get(DESK, {"pile": "ask", "page": 2})).count('id="row-') == 1


def test_a_row_of_the_second_page_is_found(treasurer, account):
    """The page of the row is opened, whatever its number."""
    rows = TransactionFactory.create_batch(26, account=account, detail_2="ﾐｼﾗﾇ ﾋﾄ")
    assert f'id="row-{rows[-1].pk}" class="open"' in body(treasurer.get(DESK, {"row": rows[-1].pk}))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("pile", "queries"), [("certain", 33), ("likely", 34), ("ask", 32)])
def test_a_pile_takes_a_fixed_number_of_queries(
    treasurer, account, hanako, django_assert_num_queries, pile, queries, count
):
    """One row and three rows cost the same."""
    facts = {"certain": {"received_yen": 2_000}, "likely": {"detail_2": "ﾄｸﾓﾄ ﾊﾅｺ ﾌﾞﾝ"}, "ask": {"detail_2": "ﾐｼﾗﾇ ﾋﾄ"}}
    TransactionFactory.create_batch(count, account=account, **facts[pile])
    with django_assert_num_queries(queries):
        treasurer.get(DESK, {"pile": pile})


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_done_takes_a_fixed_number_of_queries(treasurer, account, hanako, django_assert_num_queries, count):
    """One confirmation and three cost the same."""
    for _n in range(count):
        confirmed(TransactionFactory(account=account), hanako)
    with django_assert_num_queries(18):
        treasurer.get(DESK, {"pile": "done"})


def test_what_the_command_confirmed_was_the_program(treasurer, account, hanako):
    """The list of today names the doer as the batch above it does."""
    row = TransactionFactory(account=account)
    confirm(transaction_id=row.pk, shares=[Share(hanako.pk, DUES, 1_000, 2026, 1)], at=timezone.now(), by=SYSTEM)
    page = body(treasurer.get(DESK, {"pile": "done"}))
    assert ("プログラム" in page, SYSTEM in page) == (True, False)


# --- confirming the certain pile


def test_the_ticked_rows_are_confirmed(treasurer, certain, hanako):
    """One press, one batch of this person."""
    post(treasurer, "confirm_pile", row=f"{certain.pk}:{digest_of(certain)}")
    assert list(Allocation.objects.values_list("supporter", "amount_yen", "automatic", "confirmed_by")) == [
        (hanako.pk, 2_000, False, "choubo")
    ]


def test_an_unticked_row_waits(treasurer, certain, account):
    """Only what was ticked is confirmed."""
    other = TransactionFactory(account=account, received_yen=1_000)
    post(treasurer, "confirm_pile", row=f"{certain.pk}:{digest_of(certain)}")
    assert Transaction.objects.unreconciled().get() == other


def test_a_batch_can_be_taken_back_from_the_message(treasurer, certain, account):
    """After confirming two rows the page offers to undo both."""
    other = TransactionFactory(account=account, received_yen=1_000)
    rows = [f"{row.pk}:{digest_of(row)}" for row in (certain, other)]
    response = treasurer.post(reverse("donations:confirm_pile"), {"row": rows}, follow=True)
    batch = ReconcileBatch.objects.get()
    assert reverse("donations:undo_batch", args=[batch.pk]) in body(response)


def test_a_changed_row_falls_to_the_second_pile(treasurer, certain):
    """The fee changed after the page was drawn: nothing is posted, the row wants a look."""
    shown = digest_of(certain)
    FeeRateFactory(unit_price_yen=500, valid_from=certain.booked_on)
    response = treasurer.post(
        reverse("donations:confirm_pile"), {"row": f"{certain.pk}:{shown}"}, follow=True
    )
    page = body(response)
    assert (Allocation.objects.count(), "画面を開いたあとで内容が変わりました" in page, 'href="?pile=likely" aria-current="page"' in page) == (
        0,
        True,
        True,
    )


def test_pressing_twice_confirms_once(treasurer, certain):
    """The second press says that it is done, and is no error."""
    row = f"{certain.pk}:{digest_of(certain)}"
    post(treasurer, "confirm_pile", row=row)
    response = treasurer.post(reverse("donations:confirm_pile"), {"row": row}, follow=True)
    assert ("もう確定してあります" in body(response), Allocation.objects.count()) == (True, 1)


def test_no_tick_is_refused_in_words(treasurer, certain):
    """422 and the same page."""
    response = post(treasurer, "confirm_pile")
    assert (response.status_code, "1件も選ばれていません" in body(response)) == (422, True)


def test_the_whole_pile_is_confirmed_at_once(treasurer, account, hanako):
    """26 rows on two pages, one press."""
    TransactionFactory.create_batch(26, account=account)
    sealed = re.search(r'name="all" value="([^"]+)"', body(treasurer.get(DESK))).group(1)
    post(treasurer, "confirm_pile", all=sealed)
    assert Transaction.objects.unreconciled().count() == 0


def test_a_forged_pile_confirms_nothing(treasurer, certain):
    """The sealed list is ours or it is nothing."""
    response = post(treasurer, "confirm_pile", all="W1sxLCJ4Il1d:x:y")
    assert (response.status_code, Allocation.objects.count()) == (422, 0)


# --- row by row


def test_a_chosen_person_is_confirmed(treasurer, likely, hanako):
    """One unit and ¥250 of カンパ, as shown."""
    post(treasurer, "confirm_row", likely, who=choice(likely, hanako))
    assert list(Allocation.objects.order_by("pk").values_list("purpose", "amount_yen")) == [(DUES, 1_000), (DONATION, 250)]


def test_the_next_row_is_opened(treasurer, likely, stranger, hanako):
    """After a decision the page goes on, with an anchor and the row that was just done."""
    response = post(treasurer, "confirm_row", likely, who=choice(likely, hanako), pile="likely", next=stranger.pk)
    assert response.headers["Location"] == f"{DESK}?pile=likely&row={stranger.pk}&done={likely.pk}#row-{stranger.pk}"


def test_the_confirmation_can_be_taken_back_from_the_message(treasurer, likely, hanako):
    """The sentence names the person and has a button."""
    page = body(treasurer.post(reverse("donations:confirm_row", args=[likely.pk]), {"who": choice(likely, hanako)}, follow=True))
    assert ("徳本　花子 様" in page, reverse("donations:undo_row", args=[likely.pk]) in page) == (True, True)


def test_pressing_the_same_person_twice_confirms_once(treasurer, likely, hanako):
    """The second press goes on as if it had been the first."""
    who = choice(likely, hanako)
    answers = [post(treasurer, "confirm_row", likely, who=who).status_code for _n in range(2)]
    assert (answers, Allocation.objects.count()) == ([302, 302], 2)


def test_another_person_is_refused_once_decided(treasurer, likely, hanako):
    """Somebody else was faster: the page says who and when."""
    other = SupporterFactory()
    who = choice(likely, other)
    confirm(transaction_id=likely.pk, shares=[Share(hanako.pk, DONATION, 1_250, 2026)], at=timezone.now(), by="kaikei2")
    response = post(treasurer, "confirm_row", likely, who=who)
    assert (response.status_code, "kaikei2さんが確定しています" in body(response)) == (422, True)


def test_a_stale_choice_is_refused(treasurer, likely, hanako):
    """The shares changed after the page was drawn."""
    who = choice(likely, hanako)
    FeeRateFactory(unit_price_yen=500, valid_from=likely.booked_on)
    response = post(treasurer, "confirm_row", likely, who=who)
    assert (response.status_code, Allocation.objects.count()) == (422, 0)


@pytest.mark.parametrize("who", ["", "x", "999999:abc", ":", "１:a"])
def test_a_choice_of_nobody_is_refused(treasurer, likely, who):
    """422 with a sentence, never an error page."""
    assert post(treasurer, "confirm_row", likely, who=who).status_code == 422


def test_a_known_couple_is_confirmed_together(treasurer, account, hanako):
    """A joint name that was undone once waits for a look; one button credits both."""
    taro = SupporterFactory(name="徳本　太郎", reading="トクモト タロウ")
    for one in (hanako, taro):
        PayerNameFactory(
            supporter=one, as_written="ﾄｸﾓﾄ ﾌｳﾌ", joint_group=1, origin=NameOrigin.LEARNED, blocked_for_auto=True
        )
    row = TransactionFactory(account=account, received_yen=2_000, detail_2="ﾄｸﾓﾄ ﾌｳﾌ")
    assert "連名で確定" in body(treasurer.get(DESK, {"row": row.pk}))
    post(treasurer, "confirm_joint", row, digest=digest_of(row))
    assert set(Allocation.objects.values_list("supporter", "amount_yen")) == {(hanako.pk, 1_000), (taro.pk, 1_000)}


def test_a_stale_couple_is_refused(treasurer, likely):
    """What was shown is confirmed, or nothing."""
    assert post(treasurer, "confirm_joint", likely, digest="old").status_code == 422


def test_an_anonymous_gift_has_no_supporter(treasurer, stranger):
    """All ¥3,000 as カンパ of nobody."""
    post(treasurer, "anonymous", stranger)
    assert list(Allocation.objects.values_list("supporter", "purpose", "amount_yen")) == [(None, DONATION, 3_000)]


def test_an_anonymous_gift_is_given_once(treasurer, stranger):
    """The second press goes on."""
    answers = [post(treasurer, "anonymous", stranger).status_code for _n in range(2)]
    assert (answers, Allocation.objects.count()) == ([302, 302], 1)


def test_a_withdrawal_is_no_gift(treasurer, withdrawal):
    """422 in words."""
    assert post(treasurer, "anonymous", withdrawal).status_code == 422


def test_a_row_is_put_aside(treasurer, stranger):
    """With a reason and a note."""
    post(treasurer, "set_aside", stranger, reason="asking", note="葉書を出した")
    held = SetAside.objects.get()
    assert (held.transaction, held.reason, held.note) == (stranger, SetAsideReason.ASKING, "葉書を出した")


def test_a_missing_note_is_asked_for(treasurer, stranger):
    """422; the reason that was chosen is still chosen and the sheet is open."""
    response = post(treasurer, "set_aside", stranger, reason="to_return", note="")
    page = body(response)
    assert (response.status_code, '<option value="to_return" selected>' in page, '<details class="aside" open>' in page) == (
        422,
        True,
        True,
    )


def test_a_row_is_put_aside_once(treasurer, stranger):
    """The second press goes on."""
    facts = {"reason": "asking", "note": "葉書を出した"}
    answers = [post(treasurer, "set_aside", stranger, **facts).status_code for _n in range(2)]
    assert (answers, SetAside.objects.count()) == ([302, 302], 1)


def test_a_number_in_the_note_is_not_repeated(treasurer, stranger):
    """The refusal page says what to do and never shows the number."""
    response = post(treasurer, "set_aside", stranger, reason="asking", note="マイナンバー 123456789018")
    assert (response.status_code, "123456789018" in body(response), SetAside.objects.count()) == (422, False, 0)


# --- 組戻


def test_a_withdrawal_is_asked_about_with_its_original(treasurer, withdrawal, certain):
    """The row that fits by payer, amount and day is offered, with its reasons."""
    page = body(treasurer.get(DESK, {"row": withdrawal.pk}))
    assert (f'name="original" value="{certain.pk}"' in page, "3日前の入金です。" in page) == (True, True)


def test_an_original_is_linked(treasurer, withdrawal, certain):
    """Its yen are set aside as given back."""
    post(treasurer, "link_reversal", withdrawal, original=certain.pk)
    assert (Reversal.objects.get().original, SetAside.objects.get().reason) == (certain, SetAsideReason.REVERSED)


def test_no_original_settles_the_withdrawal(treasurer, withdrawal):
    """It is not asked about again."""
    post(treasurer, "link_reversal", withdrawal, original="none")
    assert str(withdrawal.paid_out_yen) not in body(treasurer.get(DESK, {"pile": "ask"}))


@pytest.mark.parametrize("original", ["", "x", "999999"])
def test_a_wrong_original_is_refused(treasurer, withdrawal, original):
    """422 in words."""
    assert post(treasurer, "link_reversal", withdrawal, original=original).status_code == 422


def test_linking_twice_links_once(treasurer, withdrawal, certain):
    """The second press goes on."""
    answers = [post(treasurer, "link_reversal", withdrawal, original=certain.pk).status_code for _n in range(2)]
    assert (answers, Reversal.objects.count()) == ([302, 302], 1)


def test_a_receipted_original_is_refused_in_words(treasurer, withdrawal, certain, hanako):
    """The page names the original and its receipt, and leads to where that is corrected."""
    confirmed(certain, hanako)
    Allocation.objects.update(receipted_at=timezone.now())
    response = post(treasurer, "link_reversal", withdrawal, original=certain.pk)
    words = [f"({certain.booked_on.isoformat()}、2,000円)には、もう領収書を出してある", "領収書を無効にして",
             f'href="{reverse("office:correct", args=[certain.pk])}"']  # fmt: skip
    assert (response.status_code, [word in body(response) for word in words]) == (422, [True, True, True])


def test_a_link_is_taken_back(treasurer, withdrawal, certain):
    """Both rows wait again."""
    link_reversal(withdrawal_id=withdrawal.pk, original_id=certain.pk, at=timezone.now(), by="choubo")
    answers = [post(treasurer, "unlink_reversal", withdrawal).status_code for _n in range(2)]
    assert (answers, Transaction.objects.unreconciled().get()) == ([302, 302], certain)


# --- taking back


def test_a_confirmation_is_taken_back(treasurer, certain, hanako):
    """The row is open again and the page opens it."""
    confirmed(certain, hanako)
    response = post(treasurer, "undo_row", certain)
    assert (response.headers["Location"], Allocation.objects.live().count()) == (
        f"{DESK}?pile=likely&row={certain.pk}&undone={certain.pk}#row-{certain.pk}",
        0,
    )


def test_a_set_aside_is_taken_back(treasurer, stranger):
    """The row is open again."""
    set_aside(transaction_id=stranger.pk, reason="asking", note="x", at=timezone.now(), by="choubo")
    post(treasurer, "undo_row", stranger)
    assert Transaction.objects.unreconciled().get() == stranger


def test_taking_back_twice_is_no_error(treasurer, certain, hanako):
    """The second press says that it is done."""
    confirmed(certain, hanako)
    post(treasurer, "undo_row", certain)
    page = body(treasurer.post(reverse("donations:undo_row", args=[certain.pk]), follow=True))
    assert "もう取り消してあります" in page


def test_a_receipted_row_says_what_to_do(treasurer, certain, hanako):
    """422: void the receipt first."""
    confirmed(certain, hanako)
    Allocation.objects.update(receipted_at=timezone.now())
    response = post(treasurer, "undo_row", certain)
    assert (response.status_code, "先に「領収書」のページでその領収書を無効にして" in body(response)) == (422, True)


def test_a_batch_is_taken_back(treasurer, certain):
    """All rows of it; a second press is no error."""
    post(treasurer, "confirm_pile", row=f"{certain.pk}:{digest_of(certain)}")
    address = reverse("donations:undo_batch", args=[ReconcileBatch.objects.get().pk])
    assert ([treasurer.post(address).status_code for _n in range(2)], Allocation.objects.live().count()) == ([302, 302], 0)


def test_todays_decisions_are_listed(treasurer, certain, stranger, withdrawal, hanako):
    """A confirmation, a set-aside and a 組戻, each with a button."""
    confirmed(certain, hanako)
    set_aside(transaction_id=stranger.pk, reason="asking", note="葉書を出した", at=timezone.now(), by="choubo")
    link_reversal(withdrawal_id=withdrawal.pk, original_id=None, at=timezone.now(), by="choubo")
    page = body(treasurer.get(DESK, {"pile": "done"}))
    addresses = [
        reverse("donations:undo_row", args=[certain.pk]),
        reverse("donations:undo_row", args=[stranger.pk]),
        reverse("donations:unlink_reversal", args=[withdrawal.pk]),
    ]
    assert [address in page for address in addresses] == [True, True, True]


def test_yesterdays_decisions_are_not_listed(treasurer, certain, hanako):
    """今日の確定 is of today."""
    confirmed(certain, hanako)
    Allocation.objects.update(confirmed_at=timezone.now() - timedelta(days=1))
    assert "今日は、まだ何も確定していません。" in body(treasurer.get(DESK, {"pile": "done"}))


# --- what became of a suggestion


def outcomes():
    return list(Prediction.objects.values_list("outcome", "was_certain"))


def test_confirming_the_suggestion_is_noted(treasurer, likely, hanako):
    """The record says that the program was right, and that a person was asked."""
    post(treasurer, "confirm_row", likely, who=choice(likely, hanako))
    assert outcomes() == [("as_suggested", False)]


def test_an_anonymous_gift_that_was_not_seen_as_one_is_noted(treasurer, likely):
    """The program held it to be Hanako's."""
    post(treasurer, "anonymous", likely)
    assert outcomes() == [("changed", False)]


def test_a_stranger_of_whom_nothing_was_said_is_not_noted(treasurer, stranger):
    """Without a suggestion there is nothing to be right or wrong about."""
    post(treasurer, "anonymous", stranger)
    assert outcomes() == []
