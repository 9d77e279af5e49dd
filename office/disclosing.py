"""Tell a supporter everything that is held about them (開示、個人情報保護法 33条, read 2026-11-23), as PDF or JSON."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Association, Supporter
from office.holdings import Holding, holdings
from paper.errors import PrintError
from paper.record_design import records_pdf
from privacy.errors import Refused
from privacy.outgoing import refuse_outgoing
from privacy.recording import record
from receipts.receipt_pdf import issuer_of

PDF, JSON = "pdf", "json"


def disclose(*, supporter: Supporter, form: str, at: datetime, by: str) -> bytes:
    """The file for the supporter; that it was made is recorded.

    `form`: "pdf" or "json" (UTF-8, {"supporter", "made_at", "held": [{"kind", "records": [{word: value}]}]}). Raises
    `NationalIdRefused` where a number of the state stands in what would leave, and `Refused` with the code of a
    `PrintError`.
    """
    held = holdings(supporter)
    told = {
        "supporter": supporter.number,
        "made_at": timezone.localtime(at).isoformat(timespec="minutes"),
        "held": [{"kind": one.title, "records": list(one.rows)} for one in held],
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    refuse_outgoing([(_("開示の書類"), text)])
    data = text.encode() if form == JSON else _pdf(supporter, held, at)
    record(action="office.disclosed", at=at, by=by, subject=supporter)
    return data


def _pdf(supporter: Supporter, held: Sequence[Holding], at: datetime) -> bytes:
    day = timezone.localdate(at)
    lead = _(
        "%(day)sに、支援者番号 %(number)s の方について、会のプログラムが持っているすべての記録です。"
        "ちがう所があれば、お知らせください。直すことも、消すこともできます。"
    ) % {"day": f"{day.year}年{day.month}月{day.day}日", "number": supporter.number}
    try:
        return records_pdf(
            title=_("お預かりしている個人情報"),
            lead=lead,
            sections=[(one.title, one.rows) for one in held],
            issuer=issuer_of(Association.get()),
        )
    except PrintError as error:
        raise Refused(error.message, code=error.code) from error
