"""How to make a backup and bring it back, and when the last one was made."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.pages import SignedInRequest, page
from accounts.roles import SETTINGS_READ
from office.models import Backup
from office.today import backup_age


@page(read=SETTINGS_READ)
def backups(request: SignedInRequest) -> HttpResponse:
    context = {"backups": Backup.objects.order_by("-at")[:10], "backup_age": backup_age(timezone.localdate())}
    return render(request, "office/backups.html", context)
