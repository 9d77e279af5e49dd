"""No number and no row of the database reaches a log line."""

import logging

from privacy.database_errors import forget_rows, without_details
from privacy.national_ids import redact


class NoNationalIds(logging.Filter):
    """Redact the finished message, the traceback and the stack of every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(without_details(record.getMessage()))
        record.args = None
        if record.exc_info and not record.exc_text:
            forget_rows(record.exc_info[1])
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(without_details(record.exc_text))
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True
