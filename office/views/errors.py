"""The pages for what went wrong: each says what happened and where to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.pages import public
from privacy.uploads import UploadTooLarge


def _sorry(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    return render(request, "office/sorry.html", {"title": title, "message": message}, status=status)


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, UploadTooLarge):
        return _sorry(request, 413, _("受け取れませんでした"), str(exception.message))
    return _sorry(
        request, 400, _("受け取れませんでした"), _("送られた内容を読めませんでした。何も変えていません。前の画面からやり直してください。")
    )


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _sorry(
        request,
        403,
        _("このページは開けません"),
        _("あなたの役割では、このページを開いたり変えたりできません。必要なときは、プログラムを入れた人に、役割のことを相談してください。"),
    )


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _sorry(request, 404, _("ページが見つかりません"), _("住所(URL)が古いか、まちがっています。メニューから選び直してください。"))


@public
def broken(request: HttpRequest) -> HttpResponse:
    return _sorry(
        request,
        500,
        _("うまくいきませんでした"),
        _("プログラムの中で問題が起きました。途中まで変えたものは元に戻しました。もう一度試し、続くときは管理の人に時刻を伝えてください。"),
    )
