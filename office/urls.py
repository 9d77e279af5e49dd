from django.urls import path

from office.views import audit, backups, first_run, home

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("first-run/", first_run.first_run, name="first_run"),
    path("audit/", audit.audit, name="audit"),
    path("backups/", backups.backups, name="backups"),
]
