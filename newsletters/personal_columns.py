"""What this room holds about persons, why, and until when."""

from django.utils.translation import gettext_lazy as _

from privacy.personal_columns import SUPPORTER, UNTIL_ERASED, USER, Held, Table, columns

REACHED = Held(_("通信がだれに届いたかを確かめ、届かなかった人に別の方法で届けるため"), UNTIL_ERASED)

TABLES = (
    Table(
        "newsletters.Delivery",
        whose=SUPPORTER,
        personal=dict.fromkeys(
            columns("newsletter supporter channel state reason email server_reply settled_at unsubscribed_at"), REACHED
        ),
        plain=columns("id covered_by message_id token attempts retry_at claimed_at left_at"),
    ),
    Table(
        "newsletters.Newsletter",
        whose=USER,
        who=columns("created_by frozen_by"),
        plain=columns(
            "id title markdown audience state html text skeleton content_hash sender fiscal_year created_at frozen_at "
            "started_at resume_at trouble closed_at printed_at"
        ),
    ),
    Table("newsletters.SendingLease", plain=columns("id singleton holder host until")),
)
