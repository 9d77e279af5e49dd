"""What this room holds about persons, why, and until when."""

from django.utils.translation import gettext_lazy as _

from privacy.personal_columns import KEY_HOLDER, USER, Held, Table, columns

TABLES = (
    Table(
        "office.BackupKey",
        whose=KEY_HOLDER,
        personal={"holder": Held(_("控えを開けられるのがだれかを、知っておくため"), _("控えを残している間。"))},
        who=columns("added_by removed_by"),
        plain=columns("id public_key added_at removed_at"),
    ),
    Table("office.Backup", whose=USER, who=columns("by"), plain=columns("id at size_bytes sha256")),
    Table("office.Erasure", whose=USER, who=columns("by"), plain=columns("id key at")),
)
