"""Pages that write without a form of their own, as a mistake in a later page might; the rest are ours."""

from django.db import connection
from django.db.models import CharField, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from members.models import Household


def through_field(number: str, _request: HttpRequest) -> None:
    Household.objects.create(code=number)


def through_statement(number: str, _request: HttpRequest) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_household SET code = %s", [number])


def through_table(number: str, _request: HttpRequest) -> None:
    Household.objects.create(code="a")
    Household.objects.update(code=Concat(Value(number[:7]), Value(number[7:]), output_field=CharField()))


def through_session(number: str, request: HttpRequest) -> None:
    request.session["typed"] = number


WAYS = {"field": through_field, "statement": through_statement, "table": through_table, "session": through_session}


def write(request: HttpRequest, way: str) -> HttpResponse:
    WAYS[way](request.POST["number"], request)
    return HttpResponse("stored")


urlpatterns = [path("write/<slug:way>/", write), path("", include("config.urls"))]
