"""Open a workbook (.xlsx) only when its directory promises nothing unreasonable."""

import zipfile

from django.utils.translation import gettext as _

from privacy.errors import Refused
from privacy.zip_directory import Limits, Unfit, UnfitZip, open_zip

WORKBOOK = Limits(bytes=50 * 1024 * 1024, entries=200, ratio=100)
"""An honest workbook of 20,000 rows packs 1 : 13; a bomb 1 : 1000 (privacy.md §5.2)."""


def open_workbook(data: bytes) -> zipfile.ZipFile:
    """The ZIP of a workbook: at most 50 MB unpacked, 200 entries, 1 : 100 in all, nothing locked.

    Raises `Refused` with code "zip_too_large", "zip_broken" or "zip_locked".
    """
    try:
        return open_zip(data, WORKBOOK)
    except UnfitZip as problem:
        raise _refusal(problem.reason) from problem


def _refusal(reason: Unfit) -> Refused:
    if reason is Unfit.BROKEN:
        return Refused(
            _("ファイルが壊れていて開けません。元のソフトで開けるか確かめて、保存し直してください。"), code="zip_broken"
        )
    if reason is Unfit.LOCKED:
        return Refused(
            _("ファイルにパスワードがかかっています。パスワードを外して保存し直してください。"), code="zip_locked"
        )
    return Refused(
        _("ファイルの中身が大きすぎるため、開きませんでした。必要な表だけを新しいファイルに写して、もう一度選んでください。"),
        code="zip_too_large",
    )
