"""Register and take away the public keys that backups are locked with."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from office.backup_lock import public_keys
from office.models import BackupKey
from privacy.errors import Refused
from privacy.recording import record


def add_backup_key(*, holder: str, public_key: str, at: datetime, by: str) -> BackupKey:
    """From now on backups can be opened by `holder` too.

    Raises `Refused` "no_holder", "bad_public_key", "key_exists".
    """
    holder, public_key = holder.strip(), public_key.strip()
    if not holder:
        raise Refused(_("鍵を持つ人の名前を書いてください。だれに頼めば控えを開けられるか、あとで分かるようにするためです。"), code="no_holder")
    public_keys([public_key])
    if BackupKey.objects.live().filter(public_key=public_key).exists():
        raise Refused(_("この鍵は、もう登録してあります。"), code="key_exists")
    with transaction.atomic():
        made = BackupKey.objects.create(holder=holder, public_key=public_key, added_at=at, added_by=by)
        record(action="office.backup_key_added", at=at, by=by, subject=made)
    return made


def remove_backup_key(*, key: BackupKey, at: datetime, by: str) -> None:
    """New backups cannot be opened with it any more; those made before still can. Removing twice does nothing."""
    with transaction.atomic():
        if BackupKey.objects.live().filter(pk=key.pk).update(removed_at=at, removed_by=by):
            record(action="office.backup_key_removed", at=at, by=by, subject=key)
