"""会の設定: one page that shows everything, one sheet for each thing to change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.pages import SignedInRequest, page
from accounts.roles import SETTINGS_READ, SETTINGS_WRITE
from japanese import yucho_account
from members.forms import association_forms as sheets
from members.forms.supporter_form import tell
from members.models import Association, BankAccount, FeeRate
from members.seal import seal_png
from members.setting_up import POSTAL, add_account, change_association, change_fee, set_up_association
from privacy.errors import Refused

Act = Callable[[SignedInRequest, forms.Form], object]


@dataclass(frozen=True, slots=True)
class Section:
    """A sheet of the settings: its title, its form, what it does."""

    title: str | Promise
    form: type[forms.Form]
    act: Act
    lead: str | Promise = ""


@page(read=SETTINGS_READ, write=SETTINGS_WRITE, methods=("GET", "POST"))
def association(request: SignedInRequest) -> HttpResponse:
    """Everything about our group; before it is set up, the first sheet (POST founds it)."""
    group = Association.objects.current()
    if group is not None:
        return _overview(request, group)
    form = sheets.SetUpForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and (answer := _try(request, form, _set_up)):
        return answer
    context = {"form": form, "may_write": bool(request.roles & SETTINGS_WRITE), "problem": getattr(form, "problem", None)}
    return render(request, "members/association_set_up.html", context, status=422 if form.is_bound else 200)


@page(read=SETTINGS_WRITE, write=SETTINGS_WRITE, methods=("GET", "POST"))
def section(request: SignedInRequest, section: str) -> HttpResponse:
    """One sheet; POST changes."""
    group, sheet = Association.objects.current(), SECTIONS.get(section)
    if group is None or sheet is None:
        raise Http404
    if request.method == "POST":
        form = sheet.form(request.POST, request.FILES)
        if form.is_valid() and (answer := _try(request, form, sheet.act)):
            return answer
    else:
        form = sheet.form(initial=sheets.values_of(sheet.form, group) if sheet.act is _change else None)
    context = {"form": form, "section": sheet, "group": group, "problem": getattr(form, "problem", None)}
    return render(request, "members/association_section.html", context, status=422 if form.is_bound else 200)


@page(read=SETTINGS_READ)
def seal(request: SignedInRequest) -> HttpResponse:  # noqa: ARG001
    """The picture of the seal."""
    group = Association.objects.current()
    if group is None or not group.seal_png:
        raise Http404
    return HttpResponse(bytes(group.seal_png), content_type="image/png")


def _overview(request: SignedInRequest, group: Association) -> HttpResponse:
    accounts = [
        (account, yucho_account.transfer_account(account.number) if account.kind in POSTAL else None)
        for account in BankAccount.objects.order_by("pk")
    ]
    context = {
        "group": group,
        "accounts": accounts,
        "fees": FeeRate.objects.order_by("kind", "-valid_from"),
        "may_write": bool(request.roles & SETTINGS_WRITE),
    }
    return render(request, "members/association.html", context)


def _try(request: SignedInRequest, form: forms.Form, act: Act) -> HttpResponse | None:
    """Do it and go back to the overview; or keep the refusal with the form."""
    try:
        act(request, form)
    except Refused as problem:
        if not tell(form, problem.message, problem.column):
            form.problem = problem  # type: ignore[attr-defined]
        return None
    messages.success(request, _("保存しました。"))
    return HttpResponseRedirect(reverse("members:association"))


def _set_up(request: SignedInRequest, form: forms.Form) -> None:
    facts = {name: value for name, value in form.cleaned_data.items() if value not in {"", None}}
    set_up_association(**facts, today=timezone.localdate(), at=timezone.now(), by=request.user.get_username())


def _change(request: SignedInRequest, form: forms.Form) -> None:
    change_association(
        changes={name: form.cleaned_data[name] for name in type(form).base_fields},
        at=timezone.now(),
        by=request.user.get_username(),
    )


def _add_account(request: SignedInRequest, form: forms.Form) -> None:
    add_account(
        **form.cleaned_data, today=timezone.localdate(), at=timezone.now(), by=request.user.get_username()
    )


def _change_fee(request: SignedInRequest, form: forms.Form) -> None:
    change_fee(**form.cleaned_data, at=timezone.now(), by=request.user.get_username())


def _change_seal(request: SignedInRequest, form: forms.Form) -> None:
    picture = form.cleaned_data["picture"]
    png = seal_png(picture.read()) if picture else b""
    change_association(changes={"seal_png": png}, at=timezone.now(), by=request.user.get_username())


SECTIONS: Mapping[str, Section] = {
    "facts": Section(gettext_lazy("会の名前と連絡先"), sheets.FactsForm, _change),
    "rules": Section(gettext_lazy("年度、入金の分けかた、領収書"), sheets.RulesForm, _change),
    "auto": Section(
        gettext_lazy("自動の照合"),
        sheets.AutoForm,
        _change,
        gettext_lazy("払った人が確かな入金を、まとめて確定するときの決まりです。確定したものは、まとめて取り消せます。"),
    ),
    "window": Section(
        gettext_lazy("封筒の窓の位置"),
        sheets.WindowForm,
        _change,
        gettext_lazy("三つ折りにした領収書を封筒に入れ、窓から見える所を物差しで測ってください。"),
    ),
    "account": Section(gettext_lazy("口座を足す"), sheets.AccountForm, _add_account),
    "fee": Section(gettext_lazy("一口の金額を決める"), sheets.FeeForm, _change_fee),
    "seal": Section(gettext_lazy("印影"), sheets.SealForm, _change_seal),
}
