"""Sessions that refuse to remember a number: their stored form is packed, so no deeper layer could read it."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils.translation import gettext as _

from privacy.errors import NationalIdRefused
from privacy.findings import FieldClass, Level
from privacy.national_ids import scan
from privacy.stored_texts import texts_in


class SessionStore(db.SessionStore):
    """Django's sessions in the database; `encode` raises `NationalIdRefused` and nothing is stored.

    What is in a session are single facts (a search word, a choice), so they are read strictly.
    """

    def encode(self, session_dict: dict[str, Any]) -> str:
        rules = [
            finding.rule
            for text in texts_in(session_dict)
            for finding in scan(text, FieldClass.STRUCTURED)
            if finding.level is Level.BLOCK
        ]
        if rules:
            raise NationalIdRefused(_("画面をまたいで覚えておく言葉"), rules)
        return super().encode(session_dict)
