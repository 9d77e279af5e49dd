"""No number reaches a log line."""

import logging

from privacy.national_ids import redact


class NoNationalIds(logging.Filter):
    """Redact the finished message and the traceback text of every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        return True
