from django.urls import path

from office.views import audit, home

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("audit/", audit.audit, name="audit"),
]
