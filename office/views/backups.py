"""控え: make one under a passphrase or the registered keys, say who can open them, and how to bring one back."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import SETTINGS_READ, SETTINGS_WRITE
from office.backing_up import WORK, back_up
from office.backup_lock import new_key, passphrase
from office.forms import BackupKeyForm, PassphraseForm
from office.keeping_backup_keys import add_backup_key, remove_backup_key
from office.models import Backup, BackupKey
from office.today import backup_age
from privacy.errors import Refused


@page(read=SETTINGS_READ, write=SETTINGS_WRITE)
def backups(request: SignedInRequest) -> HttpResponse:
    return _page(request)


@page(read=(), write=SETTINGS_WRITE, methods=("POST",))
def download(request: SignedInRequest) -> HttpResponse:
    """Make a backup now and hand it out; nothing of it stays on this computer."""
    form = PassphraseForm(request.POST)
    if not form.is_valid():
        return _page(request, passphrase_form=form, status=422)
    words = form.cleaned_data["words"]
    at = timezone.now()
    try:
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=WORK) as folder:
            path = Path(folder) / "made"
            back_up(path=path, lock=passphrase(words) if words else None, at=at, by=request.user.get_username())
            data = path.read_bytes()
    except Refused as problem:
        return _page(request, passphrase_form=PassphraseForm(), problem=problem, status=422)
    name = f"hitokuchi-{timezone.localdate(at):%Y-%m-%d}.hitokuchi-backup"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


@page(read=(), write=SETTINGS_WRITE, methods=("POST",))
def add_key(request: SignedInRequest) -> HttpResponse:
    """Register a public key; without one a pair is made and its secret half shown this once."""
    form = BackupKeyForm(request.POST)
    if not form.is_valid():
        return _page(request, key_form=form, status=422)
    holder, public = form.cleaned_data["holder"], form.cleaned_data["public_key"]
    secret = ""
    if not public:
        secret, public = new_key()
    try:
        add_backup_key(holder=holder, public_key=public, at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        return _page(request, key_form=form, problem=problem, status=422)
    if secret:
        return render(request, "office/new_backup_key.html", {"holder": holder, "secret": secret})
    messages.success(request, _("%sさんの鍵を登録しました。これからの控えは、この鍵でも開けます。") % holder)
    return redirect("office:backups")


@page(read=(), write=SETTINGS_WRITE, methods=("POST",))
def remove_key(request: SignedInRequest, key_id: int) -> HttpResponse:
    key = get_object_or_404(BackupKey, pk=key_id)
    remove_backup_key(key=key, at=timezone.now(), by=request.user.get_username())
    messages.success(
        request, _("%sさんの鍵を外しました。これからの控えは、この鍵では開けません。前に取った控えは、まだ開けます。") % key.holder
    )
    return redirect("office:backups")


def _page(
    request: SignedInRequest,
    *,
    passphrase_form: PassphraseForm | None = None,
    key_form: BackupKeyForm | None = None,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "backups": Backup.objects.order_by("-at")[:10],
        "backup_age": backup_age(timezone.localdate()),
        "keys": list(BackupKey.objects.live().order_by("added_at")),
        "passphrase_form": passphrase_form or PassphraseForm(),
        "key_form": key_form or BackupKeyForm(),
        "problem": problem,
        "may_write": bool(request.roles & SETTINGS_WRITE),
    }
    return render(request, "office/backups.html", context, status=status)
