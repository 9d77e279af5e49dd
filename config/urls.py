from django.urls import include, path

urlpatterns = [
    path("", include("office.urls")),
    path("", include("members.urls")),
    path("donations/", include("donations.urls")),
    path("receipts/", include("receipts.urls")),
    path("newsletters/", include("newsletters.urls")),
    path("accounts/", include("allauth.urls")),
]
handler403 = "office.views.errors.forbidden"
handler404 = "office.views.errors.not_found"
handler500 = "office.views.errors.broken"
handler400 = "office.views.errors.bad_request"
