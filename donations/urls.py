from django.urls import URLPattern, path

from donations.views import cash, statements, transactions

app_name = "donations"
urlpatterns: list[URLPattern] = [
    path("statements/", statements.statements, name="statements"),
    path("statements/preview/", statements.preview, name="statement_preview"),
    path("statements/import/", statements.import_rows, name="statement_import"),
    path("statements/<int:statement_id>/", statements.statement, name="statement"),
    path("cash/", cash.cash, name="cash"),
    path("cash/<int:transaction_id>/take-back/", cash.cash_take_back, name="cash_take_back"),
    path("transactions/<int:transaction_id>/", transactions.transaction, name="transaction"),
]
