from django.urls import path

from office.views import audit, backups, correct, first_run, history, home

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("first-run/", first_run.first_run, name="first_run"),
    path("audit/", audit.audit, name="audit"),
    path("correct/<int:transaction_id>/", correct.correct_row, name="correct"),
    path("supporters/<str:number>/history/", history.supporter_history, name="history"),
    path("backups/", backups.backups, name="backups"),
]
