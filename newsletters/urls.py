from django.urls import path

from newsletters.views import letters, paper_edition, people, progress, unsubscribe

app_name = "newsletters"
urlpatterns = [
    path("", letters.newsletters, name="newsletters"),
    path("new/", letters.new, name="new"),
    path("stop-by-mail/", unsubscribe.stop_by_mail_sheet, name="stop_by_mail"),
    path("u/<slug:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("u/<slug:token>/undo/", unsubscribe.unsubscribe_undo, name="unsubscribe_undo"),
    path("<int:newsletter_id>/", letters.newsletter, name="newsletter"),
    path("<int:newsletter_id>/edit/", letters.edit, name="edit"),
    path("<int:newsletter_id>/confirm/", letters.confirm, name="confirm"),
    path("<int:newsletter_id>/test/", letters.try_out, name="test"),
    path("<int:newsletter_id>/cancel/", letters.call_off, name="cancel"),
    path("<int:newsletter_id>/copy/", letters.copy, name="copy"),
    path("<int:newsletter_id>/send/", progress.send, name="send"),
    path("<int:newsletter_id>/pause/", progress.pause, name="pause"),
    path("<int:newsletter_id>/progress/", progress.progress, name="progress"),
    path("<int:newsletter_id>/people/", people.people, name="people"),
    path("<int:newsletter_id>/people/<int:delivery_id>/stop/", people.stop, name="stop"),
    path("<int:newsletter_id>/people/<int:delivery_id>/resume/", people.resume, name="resume"),
    path("<int:newsletter_id>/not-reached/", people.not_reached, name="not_reached"),
    path("<int:newsletter_id>/decide/", people.decide, name="decide"),
    path("<int:newsletter_id>/paper/", paper_edition.paper, name="paper"),
    path("<int:newsletter_id>/paper/edition.pdf", paper_edition.edition_file, name="edition_file"),
    path("<int:newsletter_id>/paper/labels.pdf", paper_edition.labels_file, name="labels_file"),
    path("<int:newsletter_id>/paper/printed/", paper_edition.printed, name="printed"),
]
