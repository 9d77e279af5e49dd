"""The audit trail in plain words."""

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from accounts.templatetags.people import who
from privacy.models import AuditEvent

WORDS: dict[str, str | Promise] = {
    "accounts.user_created": _("利用者を作りました"),
    "donations.allocations_exported": _("入金の確定の一覧を書き出しました"),
    "donations.batch_confirmed": _("入金をまとめて確定しました"),
    "donations.batch_undone": _("まとめた確定を取り消しました"),
    "donations.cash_entered": _("現金の入金を書きました"),
    "donations.cash_taken_back": _("現金の入金を取り消しました"),
    "donations.confirmed": _("入金を確定しました"),
    "donations.history_imported": _("前の年の入金の記録から、払込人名を覚えました"),
    "donations.import_undone": _("銀行の明細の取り込みを取り消しました"),
    "donations.month_closed": _("月を締めました"),
    "donations.month_reopened": _("締めた月を開きました"),
    "donations.formats_compared": _("別の形式のファイルを、帳簿と比べました"),
    "donations.mapping_renamed": _("列の形の名前を変えました"),
    "donations.mapping_retired": _("列の形を使うのをやめました"),
    "donations.mapping_saved": _("ほかの銀行のCSVの、列の形を覚えました"),
    "donations.source_changed": _("口座のファイルの形式を変えました"),
    "donations.numbers_blanked": _("明細にあった国の番号を消して取り込みました"),
    "donations.opening_moved": _("口座の始めの残高を古い日に移しました"),
    "donations.opening_restored": _("口座の始めの残高を取り込みの前に戻しました"),
    "donations.reversal_linked": _("組戻しを元の入金に結びました"),
    "donations.reversal_undone": _("組戻しの結びつけを取り消しました"),
    "donations.set_aside": _("入金を保留・対象外にしました"),
    "donations.set_aside_undone": _("保留・対象外を取り消しました"),
    "donations.slip_attached": _("払込票を明細の行に付けました"),
    "donations.slip_corrected": _("払込票を直しました"),
    "donations.slip_detached": _("払込票を明細の行から外しました"),
    "donations.slip_typed": _("払込票を入れました"),
    "donations.slip_withdrawn": _("払込票を取り消しました"),
    "donations.statement_imported": _("銀行の明細を取り込みました"),
    "donations.undone": _("確定を取り消しました"),
    "members.account_added": _("口座を登録しました"),
    "members.account_alias_forgotten": _("覚えた口座番号の書きかたを取り消しました"),
    "members.account_alias_remembered": _("口座番号の書きかたを覚えました"),
    "members.association_changed": _("会の設定を変えました"),
    "members.association_set_up": _("会を登録しました"),
    "members.consent_given": _("同意を記録しました"),
    "members.consent_withdrawn": _("「送らないでほしい」を記録しました"),
    "members.fee_changed": _("一口の金額を決めました"),
    "members.opening_set": _("口座の始めの残高を決めました"),
    "members.payer_name_allowed": _("払込人名を自動の照合でも使うことにしました"),
    "members.payer_name_blocked": _("払込人名を自動の照合では使わないことにしました"),
    "members.payer_name_forgotten": _("覚えた払込人名を消しました"),
    "members.payer_name_reassigned": _("覚えた払込人名がだれのものかを変えました"),
    "members.payer_name_weakened": _("覚えた払込人名を弱めました"),
    "members.payer_names_erased": _("支援者の払込人名を消しました"),
    "members.payer_names_learned": _("払込人名を覚えました"),
    "members.reading_verified": _("推測したフリガナを、入金の名前で確かめました"),
    "members.supporter_changed": _("支援者の記録を変えました"),
    "members.supporter_lapsed": _("支援者を休止にしました"),
    "members.supporter_left": _("支援者の退会を記録しました"),
    "members.supporter_registered": _("支援者を登録しました"),
    "members.supporter_returned": _("支援者を賛同中に戻しました"),
    "members.supporters_exported": _("支援者の名簿を書き出しました"),
    "members.supporters_imported": _("支援者の名簿を取り込みました"),
    "members.supporters_registered": _("支援者をまとめて登録しました"),
    "members.terms_cancelled": _("賛同金の年度を取り消しました"),
    "members.terms_renewed": _("賛同金の年度を記録しました"),
    "newsletters.cancelled": _("通信を取りやめました"),
    "newsletters.draft_changed": _("通信の下書きを変えました"),
    "newsletters.draft_created": _("通信の下書きを作りました"),
    "newsletters.found_accepted": _("届いていたと確かめました"),
    "newsletters.left_alone": _("届かなかった人をこのままにすると決めました"),
    "newsletters.mails_handled": _("通信のメールを渡しました"),
    "newsletters.moved_to_paper": _("メールの代わりに紙で送ると決めました"),
    "newsletters.paused": _("通信の送信を止めました"),
    "newsletters.prepared": _("通信と送る人を確定しました"),
    "newsletters.print_undone": _("通信の「印刷できました」を取り消しました"),
    "newsletters.printed": _("通信を紙に印刷したと記録しました"),
    "newsletters.resend_ordered": _("通信をもう一度送ると決めました"),
    "newsletters.sending_ordered": _("通信を送る指示をしました"),
    "newsletters.tried_out": _("試しのメールを送りました"),
    "office.backup_key_added": _("控えの鍵を登録しました"),
    "office.backup_key_removed": _("控えの鍵を外しました"),
    "office.backed_up": _("控え(バックアップ)を取りました"),
    "office.corrected": _("領収書を無効にして、確定を取り消しました"),
    "office.disclosed": _("支援者の記録を書き出しました(開示)"),
    "office.restored": _("控え(バックアップ)を戻しました"),
    "office.rows_erased_again": _("控えを戻したあと、消した払込人名をもう一度消しました"),
    "office.supporter_erased": _("支援者の記録を消しました"),
    "receipts.issued": _("領収書を発行しました"),
    "receipts.print_confirmed": _("「印刷できました」と答えました"),
    "receipts.print_dropped": _("印刷をやめました"),
    "receipts.print_planned": _("領収書の印刷を頼みました"),
    "receipts.print_ready": _("領収書のPDFを作りました"),
    "receipts.printed": _("領収書を印刷済みにしました"),
    "receipts.reissued": _("領収書を再発行しました"),
    "receipts.voided": _("領収書を無効にしました"),
}


def in_words(event: AuditEvent) -> dict[str, Any]:
    """What the audit page shows of one event; an action without words is shown by its id."""
    return {
        "at": event.at,
        "by": who(event.by),
        "words": WORDS.get(event.action, event.action),
        "subject_words": _subject(event.subject_type),
        "subject_id": event.subject_id,
        "changed_fields": "、".join(_field(event.subject_type, name) for name in event.changed_fields.split()),
        "count": event.count,
    }


def _subject(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def _field(label: str, name: str) -> str:
    """The screen's word for a field or a role; the bare name where there is none."""
    if name in Role.values:
        return str(Role(name).label)
    try:
        return str(getattr(apps.get_model(label)._meta.get_field(name), "verbose_name", name))
    except (LookupError, ValueError, FieldDoesNotExist):
        return name
