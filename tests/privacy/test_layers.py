"""What the scanner blocks is refused by every layer, and no layer repeats it."""

import io
import logging
import sys
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, models
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from privacy.checks import every_table_is_guarded, every_text_column_is_guarded
from privacy.error_reports import RedactedReport, TellNothing
from privacy.errors import NationalIdRefused
from privacy.fields import GuardedCharField, GuardedTextField
from privacy.forms import GuardedFormMixin
from privacy.guarding_tables import drop_guards
from privacy.log_filter import NoNationalIds
from privacy.message_storage import GuardedMessages
from privacy.middleware import GuardedSessions, RefusalPages
from privacy.models import AuditEvent, Refusal
from privacy.national_ids import FieldClass
from privacy.recording import record, record_refusal
from privacy.uploads import MAX_UPLOAD_BYTES, UploadTooLarge
from tests.privacy.plain_numbers import made_number

NUMBER = "123456789018"
SPOKEN = "マイナンバーは1234-5678-9018です"


class NoteForm(GuardedFormMixin, forms.Form):
    free_text_fields = frozenset({"note"})
    name = forms.CharField(label="氏名", required=False)
    note = forms.CharField(label="備考", required=False)


class RowsForm(GuardedFormMixin, forms.Form):
    """A form inside a form set has a prefix."""

    name = forms.CharField(label="氏名")


def test_a_structured_field_refuses_bare_twelve_digits() -> None:
    """The field's own clean raises with the code that pages know."""
    with pytest.raises(ValidationError) as refused:
        GuardedCharField(verbose_name="氏名", max_length=50).clean(NUMBER, None)
    assert refused.value.code == "national_id_refused"


@pytest.mark.parametrize("write", ["save", "bulk_create", "update"])
def test_no_way_into_the_database_stores_the_number(db, now, write) -> None:
    """save, bulk_create and QuerySet.update all refuse, whoever calls them."""
    event = AuditEvent(at=now, by="system", action="x")
    event.save()
    with pytest.raises(NationalIdRefused) as refused:
        if write == "save":
            event.action = NUMBER
            event.save()
        elif write == "bulk_create":
            AuditEvent.objects.bulk_create([AuditEvent(at=now, by="system", action=NUMBER)])
        else:
            AuditEvent.objects.update(action=NUMBER)
    assert NUMBER not in str(refused.value) + repr(refused.value.args)


def test_a_field_refuses_before_there_is_a_statement(db) -> None:
    """What is prepared for the database is judged already."""
    with pytest.raises(NationalIdRefused):
        GuardedCharField(verbose_name="氏名", max_length=50).get_db_prep_save(NUMBER, connection)


def test_the_refusal_names_the_field_and_the_next_step() -> None:
    """The sentence names the place and says to remove the number."""
    sentence = NationalIdRefused("備考", ["individual_number_labelled"]).message
    assert ("「備考」に" in sentence, "番号を消してから" in sentence) == (True, True)


def test_free_text_may_speak_of_my_number() -> None:
    """The group writes about the system in every letter."""
    text = "共通番号いらないネット 00100-2-729745 マイナンバーはいらない"
    assert GuardedTextField(field_class=FieldClass.FREE_TEXT).clean(text, None) == text


def test_a_refused_form_field_is_drawn_empty() -> None:
    """The page that comes back does not repeat the number."""
    form = NoteForm({"name": "徳本花子", "note": SPOKEN})
    assert (form.is_valid(), "5678" in form.as_div(), "徳本花子" in form.as_div()) == (False, False, True)


def test_refused_free_text_keeps_its_words_without_the_number() -> None:
    """Nobody loses a letter over a number in it."""
    form = NoteForm({"note": f"集会で知り合った方。{SPOKEN}。会場係。"})
    drawn = form.as_div()
    assert (form.is_valid(), "集会で知り合った方" in drawn, "会場係" in drawn, "5678" in drawn) == (False, True, True, False)


def test_a_refused_form_field_with_a_prefix_is_drawn_empty() -> None:
    """Rows of a form set are emptied under their own name."""
    form = RowsForm({"row-0-name": NUMBER}, prefix="row-0")
    assert (form.is_valid(), NUMBER in form.as_div()) == (False, False)


def test_a_number_in_a_field_that_fails_otherwise_is_drawn_empty() -> None:
    """Too long, or not a date: the number in it is not repeated either."""

    class Short(GuardedFormMixin, forms.Form):
        name = forms.CharField(max_length=5)
        day = forms.DateField()

    form = Short({"name": NUMBER, "day": NUMBER})
    assert (form.is_valid(), NUMBER in form.as_div()) == (False, False)


def test_a_doubtful_number_in_free_text_may_be_vouched_for() -> None:
    """Twelve digits that pass the check stop once; the tick box lets them through."""
    first = NoteForm({"note": f"メモ {NUMBER}"})
    second = NoteForm({"note": f"メモ {NUMBER}", "note_other_number": "on"})
    assert (first.is_valid(), "note_other_number" in first.as_div(), second.is_valid()) == (False, True, True)


def test_a_log_line_shows_no_number() -> None:
    """Message, arguments and traceback are redacted."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(NoNationalIds())
    try:
        raise ValueError(SPOKEN)
    except ValueError:
        entry = logging.LogRecord("x", logging.ERROR, __file__, 1, "got %s", (SPOKEN,), sys.exc_info())
    handler.handle(entry)
    assert "5678" not in stream.getvalue()


def test_an_error_report_tells_nothing_of_the_form() -> None:
    """No POST data, no cookies, no local variables."""
    request = RequestFactory().post("/", {"note": SPOKEN})
    filter_ = TellNothing()
    assert (
        filter_.get_post_parameters(request),
        list(filter_.get_traceback_frame_variables(request, None)),
        filter_.get_safe_request_meta(request),
    ) == ({}, [], {})


@pytest.mark.parametrize("form", ["get_traceback_text", "get_traceback_html"])
def test_a_finished_error_report_holds_no_number(form) -> None:
    """Neither the error's message nor the address asked for."""
    number = made_number()
    request = RequestFactory().get(f"/?q={number}")
    try:
        raise ValueError(f"マイナンバー {number}")
    except ValueError:
        report = getattr(RedactedReport(request, *sys.exc_info()), form)()
    assert ("ValueError" in report, number in report) == (True, False)


def test_a_deep_refusal_becomes_a_page(db, treasurer) -> None:
    """What no form caught is answered with 422, the field's name, and a line in the refusal register."""
    request = RequestFactory().get("/")
    request.user = treasurer.get("/").wsgi_request.user
    request.roles = frozenset()
    page = RefusalPages(lambda _request: None).process_exception(
        request, NationalIdRefused("備考", ["individual_number_labelled"])
    )
    assert (page.status_code, "「備考」に" in page.content.decode(), Refusal.objects.get().place) == (422, True, "備考")


def test_the_refusal_register_counts_by_rule(db, now) -> None:
    """Three findings of two rules are two rows."""
    record_refusal(place="備考", rules=["a_rule", "b_rule", "a_rule"], at=now)
    assert list(Refusal.objects.order_by("rule").values_list("rule", "count")) == [("a_rule", 2), ("b_rule", 1)]


def test_an_audit_event_names_the_record_and_the_fields(db, now) -> None:
    """Who, what, which record, which fields; no values."""
    subject = record(action="a.b", at=now)
    event = record(action="c.d", at=now, by="choubo", subject=subject, changed=["name", "note"], count=3)
    assert (event.subject_type, event.subject_id, event.changed_fields, event.count) == (
        "privacy.auditevent", subject.pk, "name note", 3,
    )


def test_an_upload_stays_in_memory(rf) -> None:
    """A file of 4 MB is held in memory, not in a temporary file."""
    request = rf.post("/", {"file": SimpleUploadedFile("a.csv", b"a" * 4_000_000)})
    assert type(request.FILES["file"]).__name__ == "InMemoryUploadedFile"


def test_an_upload_past_the_cap_is_refused(rf) -> None:
    """One byte more than 10 MB stops the request."""
    request = rf.post("/", {"file": SimpleUploadedFile("a.csv", b"a" * (MAX_UPLOAD_BYTES + 1))})
    with pytest.raises(UploadTooLarge):
        request.FILES["file"]


def test_an_upload_past_the_cap_is_answered_with_a_page(treasurer) -> None:
    """The person reads why, with 413, instead of an empty form."""
    answer = treasurer.post(reverse("donations:statement_preview"), {"file": SimpleUploadedFile("a.csv", b"a" * (MAX_UPLOAD_BYTES + 1))})
    assert (answer.status_code, "10メガバイト" in answer.content.decode()) == (413, True)


def test_every_text_column_of_ours_is_guarded() -> None:
    """The system check finds no plain text column."""
    assert every_text_column_is_guarded() == []


@pytest.mark.parametrize(
    ("kind", "identity"),
    [
        (models.CharField, "privacy.E001"), (models.TextField, "privacy.E001"), (models.JSONField, "privacy.E001"),
        (models.EmailField, "privacy.E001"), (models.SlugField, "privacy.E001"), (models.URLField, "privacy.E001"),
        (models.BinaryField, "privacy.E002"), (models.FileField, "privacy.E002"), (models.ImageField, "privacy.E002"),
        (models.FilePathField, "privacy.E002"),
    ],
)  # fmt: skip
def test_a_column_that_could_hold_a_number_is_seen_by_the_check(monkeypatch, kind, identity) -> None:
    """A planted column of any kind that holds text, bytes or files makes the check fail."""
    planted = kind(max_length=5, name="planted") if kind is models.CharField else kind(name="planted")
    planted.set_attributes_from_name("planted")
    monkeypatch.setattr(Refusal._meta, "local_fields", [*Refusal._meta.local_fields, planted])
    assert [error.id for error in every_text_column_is_guarded()] == [identity]


def test_a_choice_needs_no_guard_of_its_own(monkeypatch) -> None:
    """The statement guard and the database know the column."""
    planted = models.CharField(max_length=5, name="planted", choices=[("a", "A")])
    planted.set_attributes_from_name("planted")
    monkeypatch.setattr(Refusal._meta, "local_fields", [*Refusal._meta.local_fields, planted])
    assert every_text_column_is_guarded() == []


def test_missing_guards_of_the_tables_are_seen_by_the_check(db) -> None:
    """After a restore by other means, say."""
    before = every_table_is_guarded(databases=["default"])
    drop_guards(connection)
    assert (before, [warning.id for warning in every_table_is_guarded(databases=["default"])]) == ([], ["privacy.W002"])


def test_a_log_line_shows_no_row_of_the_database() -> None:
    """PostgreSQL's DETAIL is cut off the message and off the traceback of an error inside another."""

    class DriverError(Exception):
        diag = SimpleNamespace(message_primary="duplicate key value")

    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(NoNationalIds())
    said = "duplicate key value\nDETAIL:  Key (name)=(\n\n徳本花子) already exists."
    try:
        try:
            raise DriverError(said)
        except DriverError as inner:
            raise IntegrityError(said) from inner
    except IntegrityError:
        entry = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed: %s", (said,), sys.exc_info())
    handler.handle(entry)
    told = stream.getvalue()
    assert ("徳本" in told, told.count("duplicate key value"), "IntegrityError" in told) == (False, 3, True)


def test_a_refused_session_is_answered_with_a_page(treasurer) -> None:
    """422, the sentence, a line in the register, and the session as it was."""
    number = made_number()

    class Remembering:
        def __init__(self, get_response) -> None:
            self.get_response = get_response

        def __call__(self, request):
            request.session["words"] = number
            return self.get_response(request)

    request = RequestFactory().get("/")
    request.user = treasurer.get("/").wsgi_request.user
    request.roles = frozenset()
    request.COOKIES = {name: morsel.value for name, morsel in treasurer.cookies.items()}
    answer = GuardedSessions(Remembering(lambda _request: HttpResponse("ok")))(request)
    page = answer.content.decode()
    assert (answer.status_code, "画面をまたいで覚えておく言葉" in page, number in page, Refusal.objects.count()) == (422, True, False, 1)


def test_a_message_for_the_next_page_holds_no_number(rf) -> None:
    """It would travel in a cookie; what it tells of is done already, so only the number goes."""
    request = rf.get("/")
    request.session = {}
    number = made_number()
    storage = GuardedMessages(request)
    storage.add(messages.SUCCESS, f"「{number}」を登録しました。")
    answer = HttpResponse()
    storage.update(answer)
    assert [str(message) for message in storage] == ["「［番号は保存しません］」を登録しました。"]
    assert number not in answer.cookies.output()
