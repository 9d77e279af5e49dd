"""What we told them: the letter, and for each person what became of it."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Supporter
from privacy.fields import GuardedCharField, GuardedEmailField, GuardedTextField
from privacy.national_ids import FieldClass


class NewsletterState(models.TextChoices):
    DRAFT = "draft", _("下書き")
    FROZEN = "frozen", _("確定(送る前)")
    SENDING = "sending", _("送信中")
    PAUSED = "paused", _("止めています")
    CLOSED = "closed", _("送り終わり")
    CANCELLED = "cancelled", _("取りやめ")


class Audience(models.TextChoices):
    """Whom a newsletter is for; consent and channel are looked at for each person afterwards."""

    ALL = "all", _("賛同中と休止のすべての支援者")
    ACTIVE = "active", _("賛同中の支援者")
    PAID_THIS_YEAR = "paid_this_year", _("今年度の賛同金を払った支援者")
    UNPAID_THIS_YEAR = "unpaid_this_year", _("今年度の賛同金をまだ払っていない支援者")


class Newsletter(models.Model):
    """通信の一号. Written in Markdown; `prepare` freezes `html`, `text` and the list of people.

    `skeleton` is the frozen MIME message with placeholders (the bytes that everybody gets), empty where nobody gets
    mail; `sender` the address it is sent from. `content_hash` is a SHA-256 over all of them, written in letters only
    (a to p): hexadecimal may hold twelve digits in a row, which a guarded column refuses. `trouble` is what stopped the
    last run as a whole (the mail server, never a person), `resume_at` when it is tried again.
    """

    title = GuardedCharField(_("題名"), max_length=120, field_class=FieldClass.FREE_TEXT)
    markdown = GuardedTextField(_("本文"), field_class=FieldClass.FREE_TEXT)
    audience = models.CharField(_("送る人"), max_length=20, choices=Audience.choices, default=Audience.ALL)
    state = models.CharField(
        _("状態"), max_length=10, choices=NewsletterState.choices, default=NewsletterState.DRAFT, db_index=True
    )
    html = GuardedTextField(_("確定したHTML"), blank=True, field_class=FieldClass.FREE_TEXT)
    text = GuardedTextField(_("確定した文字だけの版"), blank=True, field_class=FieldClass.FREE_TEXT)
    skeleton = models.BinaryField(_("確定したメールの形"), blank=True, default=b"")
    content_hash = GuardedCharField(_("内容の指紋"), max_length=64, blank=True)
    sender = GuardedEmailField(_("差出人のアドレス"), blank=True)
    fiscal_year = models.PositiveSmallIntegerField(_("年度"), null=True, blank=True)
    created_at = models.DateTimeField(_("作った日時"))
    created_by = GuardedCharField(_("作った人"), max_length=150)
    frozen_at = models.DateTimeField(_("確定した日時"), null=True, blank=True)
    frozen_by = GuardedCharField(_("確定した人"), max_length=150, blank=True)
    started_at = models.DateTimeField(_("送り始めた日時"), null=True, blank=True)
    resume_at = models.DateTimeField(_("次に送る日時"), null=True, blank=True)
    trouble = GuardedCharField(_("止まった理由"), max_length=300, blank=True, field_class=FieldClass.FREE_TEXT)
    closed_at = models.DateTimeField(_("送り終わった日時"), null=True, blank=True)
    printed_at = models.DateTimeField(_("紙の版を印刷した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("通信")

    def __str__(self) -> str:
        return self.title

    @property
    def state_words(self) -> str:
        """The state for a person to read: frozen, and printed or written to files, is not "nothing happened yet"."""
        if self.state == NewsletterState.FROZEN and self.printed_at:
            return str(_("確定(紙は印刷ずみ・メールは送っていません)"))
        if self.state == NewsletterState.FROZEN and self.started_at:
            return str(_("確定(メールはファイルに書いただけ)"))
        return str(NewsletterState(self.state).label)


class DeliveryChannel(models.TextChoices):
    EMAIL = "email", _("メール")
    PRINT = "print", _("紙")
    NONE = "none", _("送らない")


class DeliveryState(models.TextChoices):
    """The states of newsletters.md §5.3. `HANDING_OVER` is committed after RCPT and before DATA."""

    SUPPRESSED = "suppressed", _("送りません")
    QUEUED = "queued", _("これから送ります")
    HANDING_OVER = "handing_over", _("渡している途中")
    ACCEPTED = "accepted", _("メールサーバーが受け取りました")
    DEFERRED = "deferred", _("あとでもう一度送ります")
    REFUSED = "refused", _("断られました")
    UNKNOWN = "unknown", _("届いたか分かりません")
    WRITTEN = "written", _("ファイルに書きました(送っていません)")
    TO_PRINT = "to_print", _("紙で送ります")
    PRINTED = "printed", _("紙に印刷しました")


class SuppressReason(models.TextChoices):
    NO_CONSENT = "no_consent", _("送ってよいという同意の記録がありません")
    OPTED_OUT = "opted_out", _("送らないでほしいと言われています")
    LEFT = "left", _("退会しています")
    NO_ADDRESS = "no_address", _("送り先が分かりません(使えるメールアドレスも、郵便の住所もありません)")
    SAME_HOUSEHOLD = "same_household", _("同じ世帯の人に1通送ります")
    SAME_ADDRESS = "same_address", _("同じメールアドレスに1通送ります")


REACHED = (DeliveryState.ACCEPTED, DeliveryState.PRINTED)
COVERED = (SuppressReason.SAME_HOUSEHOLD, SuppressReason.SAME_ADDRESS)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def not_reached(self) -> "DeliveryQuerySet":
        """People who did not get this newsletter, or of whom we do not know it.

        Who shares a letter that reached its house was reached; whoever left is not waited for.
        """
        return (
            self.exclude(state__in=REACHED)
            .exclude(reason__in=COVERED, covered_by__state__in=REACHED)
            .exclude(reason=SuppressReason.LEFT)
        )

    def needs_decision(self) -> "DeliveryQuerySet":
        """Mails that were refused or are unknown, about which nobody has decided anything yet."""
        return self.filter(state__in=[DeliveryState.UNKNOWN, DeliveryState.REFUSED], left_at=None)

    def due(self, at: datetime) -> "DeliveryQuerySet":
        """Mail that may be handed over at `at`, in the order of the frozen list."""
        waiting = models.Q(state=DeliveryState.QUEUED)
        again = models.Q(state=DeliveryState.DEFERRED, retry_at__lte=at)
        return self.filter(waiting | again).order_by("pk")


class Delivery(models.Model):
    """配信: one newsletter for one supporter, with a state and a reason.

    `token` (32 random letters) stands in the unsubscribe link and nowhere else; `message_id` is random too, and fixed
    when the list is frozen. `covered_by` is the delivery of the housemate who gets the one letter. `email` is the
    address as used; the postal address is not copied: labels read it from the supporter on the day they are printed.
    `unsubscribed_at` is set when somebody stopped the newsletter by this delivery's link; `left_at` when a person
    decided to do nothing more about a mail that was refused or is unknown.
    """

    newsletter = models.ForeignKey(Newsletter, on_delete=models.PROTECT, related_name="deliveries")
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(_("方法"), max_length=8, choices=DeliveryChannel.choices)
    state = models.CharField(_("状態"), max_length=14, choices=DeliveryState.choices, db_index=True)
    reason = models.CharField(_("理由"), max_length=16, choices=SuppressReason.choices, blank=True)
    covered_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="covers")
    email = GuardedEmailField(_("使ったアドレス"), blank=True)
    message_id = GuardedCharField(_("メッセージID"), max_length=120, blank=True)
    token = GuardedCharField(_("合い札"), max_length=43, unique=True)
    attempts = models.PositiveSmallIntegerField(_("試した回数"), default=0)
    retry_at = models.DateTimeField(_("次に試す日時"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("渡し始めた日時"), null=True, blank=True)
    settled_at = models.DateTimeField(_("決まった日時"), null=True, blank=True)
    server_reply = GuardedCharField(
        _("サーバーの返事"), max_length=200, blank=True, field_class=FieldClass.FREE_TEXT
    )
    left_at = models.DateTimeField(_("このままにすると決めた日時"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("配信を止めた日時"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("配信")
        constraints = [
            models.UniqueConstraint(fields=["newsletter", "supporter"], name="one_delivery_per_person_and_issue"),
            models.CheckConstraint(
                condition=~models.Q(state=DeliveryState.SUPPRESSED) | ~models.Q(reason=""),
                name="suppressed_delivery_says_why",
            ),
        ]
        indexes = [models.Index(fields=["newsletter", "state"])]

    def __str__(self) -> str:
        return f"{self.newsletter_id} → {self.supporter_id} {self.state}"


class SendingLease(models.Model):
    """Who is sending now: one row for the installation, so that two senders never run at once.

    `holder` is a random word of the process, '' when nobody sends; `host` its machine. After `until` another machine
    may take over; on the same machine a lock of the operating system says at once whether the holder still lives.
    """

    singleton = models.PositiveSmallIntegerField(default=1, unique=True, editable=False)
    holder = GuardedCharField(_("送っている処理"), max_length=32, blank=True)
    host = GuardedCharField(_("送っている機械"), max_length=120, blank=True)
    until = models.DateTimeField(_("この日時まで"), null=True, blank=True)

    class Meta:
        verbose_name = _("送信の当番")

    def __str__(self) -> str:
        return f"{self.host} {self.until}"
