"""Print runs: the file is made, looked at, and gone after somebody said whether the paper is right."""

import io
import stat

import pypdf
import pytest

from privacy.errors import Refused
from receipts.issuing import reissue, void
from receipts.models import PrintState, Receipt
from receipts.printing import (
    confirm_print_run,
    drop_print_run,
    file_of,
    plan_print_run,
    render,
    render_planned,
    render_print_run,
)
from tests.conftest import TODAY
from tests.factories.members import SupporterFactory
from tests.factories.receipts import make_receipt


@pytest.fixture(autouse=True)
def own_data_directory(settings, tmp_path) -> None:
    """Each test prints into its own folder."""
    settings.DATA_DIR = tmp_path


def words(data: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def ready_run(now):
    run = plan_print_run(receipts=[make_receipt(), make_receipt()], at=now, by="insatsu")
    return render_print_run(run=run, at=now)


def test_the_paper_shows_number_name_and_amount(db, now) -> None:
    """Rare characters of real names are on the paper."""
    text = words(render([make_receipt(SupporterFactory(name="髙﨑 𠮷子"))]))
    assert [part in text for part in ("領収書", "R2026-00001", "髙﨑 𠮷子", "1,000")] == [True] * 4


def test_a_character_without_a_shape_is_refused(db, now) -> None:
    """Nothing prints a box; the refusal names the receipt."""
    with pytest.raises(Refused) as refused:
        render([make_receipt(SupporterFactory(name="山田\U0001f600"))])
    assert (refused.value.code, "R2026-00001" in refused.value.message) == ("missing_characters", True)


def test_a_reissue_is_marked(db, now) -> None:
    """再発行 stands on the paper with its day."""
    made = make_receipt()
    reissue(receipt=made, reason="なくした", today=TODAY, at=now, by="insatsu")
    text = words(render([made], are_reissues=True))
    assert ("再発行" in text, "2026年11月23日" in text) == (True, True)


def test_a_void_receipt_is_marked(db, now) -> None:
    """Whatever is printed of a void receipt says 無効."""
    made = void(receipt=make_receipt(), reason="宛名ちがい", at=now, by="insatsu")
    assert "無効" in words(render([made]))


def test_a_run_keeps_its_file_for_us_alone(db, now) -> None:
    """The waiting file is readable by our user only."""
    run = ready_run(now)
    assert (run.state, run.done, stat.S_IMODE(file_of(run).stat().st_mode)) == (PrintState.READY, 2, 0o600)


def test_yes_marks_printed_and_removes_the_file(db, now) -> None:
    """After 「はい」 nothing of the run lies on the disk."""
    run = ready_run(now)
    marked = confirm_print_run(run=run, at=now, by="insatsu")
    assert (marked, Receipt.objects.unprinted().count(), file_of(run).exists()) == (2, 0, False)


def test_no_leaves_the_receipts_unprinted(db, now) -> None:
    """After 「いいえ」 they wait for another run and the file is gone."""
    run = ready_run(now)
    drop_print_run(run=run, at=now, by="insatsu")
    assert (Receipt.objects.unprinted().count(), file_of(run).exists()) == (2, False)


def test_an_answer_counts_once(db, now) -> None:
    """A second answer is refused."""
    run = ready_run(now)
    confirm_print_run(run=run, at=now, by="insatsu")
    with pytest.raises(Refused) as refused:
        confirm_print_run(run=run, at=now, by="insatsu")
    assert refused.value.code == "print_run_settled"


def test_nothing_to_print_is_said(db, now) -> None:
    """An empty run is refused."""
    with pytest.raises(Refused) as refused:
        plan_print_run(receipts=[], at=now, by="insatsu")
    assert refused.value.code == "nothing_to_print"


def test_a_failed_run_says_why(db, now) -> None:
    """The worker keeps the reason for the page."""
    bad = make_receipt(SupporterFactory(name="山田\U0001f600"))
    plan_print_run(receipts=[bad], at=now, by="insatsu")
    render_planned(at=now)
    run = bad.print_runs.get()
    assert (run.state, "R2026-00001" in run.problem) == (PrintState.FAILED, True)


def test_no_original_is_printed_twice(db, now) -> None:
    """What waits for its answer is not planned again."""
    ready_run(now)
    assert Receipt.objects.to_print().count() == 0


def test_a_voided_receipt_spoils_the_run_that_holds_it(db, now) -> None:
    """Its paper would show a valid receipt: the run fails and the others wait for a new one."""
    run = ready_run(now)
    void(receipt=run.receipts.first(), reason="宛名ちがい", at=now, by="insatsu")
    run.refresh_from_db()
    drop_print_run(run=run, at=now, by="insatsu")
    assert (run.state, Receipt.objects.to_print().count(), file_of(run).exists()) == (PrintState.FAILED, 1, False)
