"""Each layer taken away in turn: some test fails every time. With all layers the same test passes."""

import inspect
import logging
from collections.abc import Callable

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, connections, models, transaction
from django.http import HttpResponse
from django.views.debug import SafeExceptionReporterFilter

import newsletters.handing_over
import newsletters.print_edition
import receipts.receipt_pdf
from privacy import statement_guard, stored_texts, uploads
from privacy.error_reports import TellNothing
from privacy.errors import NationalIdRefused
from privacy.fields import GuardedTextMixin
from privacy.forms import GuardedFormMixin
from privacy.guarding_tables import drop_guards
from privacy.log_filter import NoNationalIds
from privacy.message_storage import GuardedMessages
from privacy.middleware import GuardedSessions, RefusalPages
from privacy.sessions import SessionStore
from tests.privacy import test_layers as layers
from tests.privacy import test_refusals_reach_people as people
from tests.privacy import test_statement_guard as statements

Patch = pytest.MonkeyPatch


def without_clean(patch: Patch) -> None:
    patch.setattr(GuardedTextMixin, "clean", models.Field.clean)


def without_prepared_values(patch: Patch) -> None:
    patch.setattr(GuardedTextMixin, "_refuse", lambda self, value: None)


def without_statements(patch: Patch) -> None:
    here = connections["default"]
    patch.setattr(here, "execute_wrappers", [one for one in here.execute_wrappers if one is not statement_guard.guard_statement])


def without_literals(patch: Patch) -> None:
    patch.setattr(statement_guard, "_refuse_in_text", lambda statement: None)


def without_unpacked_sessions(patch: Patch) -> None:
    patch.setattr(statement_guard, "texts_in_session", stored_texts.texts_in)


def without_json(patch: Patch) -> None:
    patch.setattr(statement_guard, "texts_in", lambda value: [str(value).replace("\\", "/")])
    patch.setattr(statement_guard, "is_surely_clean", lambda text: False)


def without_tables(_patch: Patch) -> None:
    drop_guards(connection)


def without_named_columns(patch: Patch) -> None:
    patch.setattr(statement_guard, "place_in", lambda error: None)


def without_sessions(patch: Patch) -> None:
    patch.delattr(SessionStore, "encode")


def without_session_pages(patch: Patch) -> None:
    patch.setattr(GuardedSessions, "process_response", SessionMiddleware.process_response)


def without_pages(patch: Patch) -> None:
    patch.setattr(RefusalPages, "process_exception", lambda self, request, exception: HttpResponse(status=500))


def without_forms(patch: Patch) -> None:
    patch.setattr(GuardedFormMixin, "_judge", lambda self, name, value: None)


def without_empty_fields(patch: Patch) -> None:
    patch.setattr(GuardedFormMixin, "_show_instead", lambda self, name, kept: None)


def without_redacted_logs(patch: Patch) -> None:
    patch.setattr(NoNationalIds, "filter", logging.Filter.filter)


def without_silent_reports(patch: Patch) -> None:
    patch.setattr(TellNothing, "get_safe_request_meta", SafeExceptionReporterFilter.get_safe_request_meta)


def without_upload_cap(patch: Patch) -> None:
    patch.setattr(uploads, "MAX_UPLOAD_BYTES", 100_000_000)


def without_clean_messages(patch: Patch) -> None:
    patch.setattr(GuardedMessages, "add", FallbackStorage.add)


def without_looks_at_paper(patch: Patch) -> None:
    patch.setattr(receipts.receipt_pdf, "refuse_outgoing", list)


def without_looks_at_labels(patch: Patch) -> None:
    patch.setattr(newsletters.print_edition, "refuse_outgoing", list)


def without_looks_at_mail(patch: Patch) -> None:
    patch.setattr(newsletters.handing_over, "refuse_outgoing", list)


def with_number(test: Callable[..., None], **given: object) -> Callable[..., None]:
    """The test with its parameter settled."""

    def settled(**fixtures: object) -> None:
        test(**given, **fixtures)

    settled.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [one for name, one in inspect.signature(test).parameters.items() if name not in given]
    )
    return settled


def wide(number: str) -> str:
    return number.translate(statements.WIDE)


MUTATIONS: dict[str, tuple[Callable[[Patch], None], Callable[..., None]]] = {
    "a field's own cleaning": (without_clean, layers.test_a_structured_field_refuses_bare_twelve_digits),
    "prepared values": (without_prepared_values, layers.test_a_field_refuses_before_there_is_a_statement),
    "statements": (without_statements, with_number(statements.test_a_parameter_of_raw_sql_is_refused_under_its_field, write=wide)),
    "literals in statements": (without_literals, with_number(statements.test_a_number_in_the_statement_itself_is_refused, write=wide)),
    "sessions unpacked": (without_unpacked_sessions, statements.test_a_packed_session_is_unpacked_by_the_guard),
    "JSON read first": (without_json, statements.test_json_is_read_before_it_is_judged),
    "tables": (without_tables, statements.test_two_halves_put_together_in_sql_are_refused_by_the_database),
    "columns named in errors": (without_named_columns, statements.test_two_halves_put_together_in_sql_are_refused_by_the_database),
    "sessions": (without_sessions, statements.test_a_session_refuses_before_it_is_packed),
    "pages for sessions": (without_session_pages, layers.test_a_refused_session_is_answered_with_a_page),
    "pages": (without_pages, layers.test_a_deep_refusal_becomes_a_page),
    "forms": (without_forms, layers.test_a_doubtful_number_in_free_text_may_be_vouched_for),
    "fields drawn empty": (without_empty_fields, layers.test_a_refused_form_field_is_drawn_empty),
    "logs": (without_redacted_logs, layers.test_a_log_line_shows_no_number),
    "rows in logs": (without_redacted_logs, layers.test_a_log_line_shows_no_row_of_the_database),
    "error reports": (without_silent_reports, layers.test_an_error_report_tells_nothing_of_the_form),
    "the cap of uploads": (without_upload_cap, layers.test_an_upload_past_the_cap_is_refused),
    "messages": (without_clean_messages, layers.test_a_message_for_the_next_page_holds_no_number),
    "paper": (without_looks_at_paper, people.test_a_receipt_is_not_printed),
    "labels": (without_looks_at_labels, people.test_the_paper_edition_and_its_labels_are_not_printed),
    "mail": (without_looks_at_mail, with_number(people.test_a_mail_is_not_sent, where="words")),
}

FAILURES = (AssertionError, pytest.fail.Exception, NationalIdRefused, IntegrityError, ObjectDoesNotExist)
"""A check that does not hold, a refusal that does not come, reaches nobody or is not noted, the database's bare error."""
sink = people.sink


def run(test: Callable[..., None], request: pytest.FixtureRequest) -> None:
    """The test as pytest would run it, what it wrote taken back."""
    fixtures = {name: request.getfixturevalue(name) for name in inspect.signature(test).parameters}
    with transaction.atomic():
        test(**fixtures)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", MUTATIONS)
def test_without_the_layer_a_test_fails(name, request) -> None:
    """It passes, the layer goes, it fails."""
    take_away, test = MUTATIONS[name]
    run(test, request)
    with Patch.context() as patch:
        statement_guard._stores_again.cache_clear()
        take_away(patch)
        with pytest.raises(FAILURES):
            run(test, request)
    statement_guard._stores_again.cache_clear()
