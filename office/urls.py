from django.urls import path

from office.views import audit, backups, correct, first_run, history, home, personal, sweeps

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("first-run/", first_run.first_run, name="first_run"),
    path("audit/", audit.audit, name="audit"),
    path("correct/<int:transaction_id>/", correct.correct_row, name="correct"),
    path("supporters/<str:number>/history/", history.supporter_history, name="history"),
    path("supporters/<str:number>/erase/", personal.erase, name="erase"),
    path("supporters/<str:number>/disclosure/", personal.disclosure, name="disclosure"),
    path("ended/", personal.ended, name="ended"),
    path("privacy/", personal.privacy_notice, name="privacy_notice"),
    path("privacy/held/", personal.held, name="held"),
    path("backups/", backups.backups, name="backups"),
    path("backups/download/", backups.download, name="download_backup"),
    path("backups/keys/", backups.add_key, name="add_backup_key"),
    path("backups/keys/<int:key_id>/remove/", backups.remove_key, name="remove_backup_key"),
    path("numbers/", sweeps.sweeps, name="sweeps"),
]
