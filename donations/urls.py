from django.urls import URLPattern, path

from donations.views import (
    cash,
    decisions,
    payer,
    payer_names,
    reconcile,
    split,
    statement_upload,
    statements,
    transactions,
    withdrawal,
)

app_name = "donations"
urlpatterns: list[URLPattern] = [
    path("statements/", statements.statements, name="statements"),
    path("statements/preview/", statement_upload.preview, name="statement_preview"),
    path("statements/import/", statement_upload.import_rows, name="statement_import"),
    path("statements/<int:statement_id>/", statements.statement, name="statement"),
    path("cash/", cash.cash, name="cash"),
    path("cash/<int:transaction_id>/take-back/", cash.cash_take_back, name="cash_take_back"),
    path("transactions/<int:transaction_id>/", transactions.transaction, name="transaction"),
    path("reconcile/", reconcile.reconcile, name="reconcile"),
    path("reconcile/payer-names/", payer_names.payer_names, name="payer_names"),
    path("reconcile/payer-names/search/", payer_names.search, name="payer_name_search"),
    path("reconcile/payer-names/<int:name_id>/", payer_names.payer_name, name="payer_name"),
    path("reconcile/payer-names/<int:name_id>/reassign/", payer_names.reassign, name="payer_name_reassign"),
    path("reconcile/payer-names/<int:name_id>/allow/", payer_names.allow, name="payer_name_allow"),
    path("reconcile/payer-names/<int:name_id>/forget/", payer_names.forget, name="payer_name_forget"),
    path("reconcile/confirm/", decisions.confirm_pile, name="confirm_pile"),
    path("reconcile/batches/<int:batch_id>/undo/", decisions.undo_whole_batch, name="undo_batch"),
    path("reconcile/<int:transaction_id>/confirm/", decisions.confirm_row, name="confirm_row"),
    path("reconcile/<int:transaction_id>/confirm-joint/", decisions.confirm_joint, name="confirm_joint"),
    path("reconcile/<int:transaction_id>/anonymous/", decisions.anonymous, name="anonymous"),
    path("reconcile/<int:transaction_id>/set-aside/", decisions.put_aside, name="set_aside"),
    path("reconcile/<int:transaction_id>/undo/", decisions.undo_row, name="undo_row"),
    path("reconcile/<int:transaction_id>/find/", payer.find, name="find_payer"),
    path("reconcile/<int:transaction_id>/new-supporter/", payer.new_supporter, name="new_payer"),
    path("reconcile/<int:transaction_id>/split/", split.split, name="split"),
    path("reconcile/<int:transaction_id>/reversal/", withdrawal.link, name="link_reversal"),
    path("reconcile/<int:transaction_id>/reversal/undo/", withdrawal.unlink, name="unlink_reversal"),
]
