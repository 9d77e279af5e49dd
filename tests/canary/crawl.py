"""Open every page that can be reached, and send the number through every field of every form, past the browser's check too."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page, Response

from tests.canary.search import Canary

PAGES_OF_A_KIND = 2
REDIRECTS = range(300, 400)
LEFT_ALONE = {"account_logout", "account_change_password", "account_reauthenticate", "office:first_run"}
FILL = """([index, texts]) => {
  const form = document.forms[index];
  let place = 0;
  for (const field of form.elements) {
    if (field.type === 'hidden' || field.type === 'password' || field.type === 'file' || field.disabled) continue;
    if (['text', 'search', 'email', 'tel', 'url', 'number'].includes(field.type) || field.tagName === 'TEXTAREA') {
      field.type = field.tagName === 'TEXTAREA' ? field.type : 'text';
      field.removeAttribute('maxlength'); field.removeAttribute('pattern');
      field.value = texts[place++ % texts.length];
    }
  }
  form.noValidate = true;
  return place;
}"""
SEND = """([index, button, past]) => {
  const form = document.forms[index];
  const buttons = [...form.elements].filter(one => one.tagName === 'BUTTON' && one.type === 'submit');
  const pressed = buttons[button];
  if (!past) { form.requestSubmit(pressed); return; }
  if (pressed && pressed.name) {
    const said = document.createElement('input');
    said.type = 'hidden'; said.name = pressed.name; said.value = pressed.value; form.append(said);
  }
  HTMLFormElement.prototype.submit.call(form);
}"""
FORMS = """() => [...document.forms].map(form => ({
  action: form.action, method: form.method,
  names: [...form.elements].map(one => one.name).filter(name => name && name !== 'csrfmiddlewaretoken').sort().join(' '),
  buttons: Math.max(1, [...form.elements].filter(one => one.tagName === 'BUTTON' && one.type === 'submit').length),
  texts: [...form.elements].some(one => ['text', 'search', 'email', 'tel', 'url', 'number', 'file'].includes(one.type) || one.tagName === 'TEXTAREA'),
  files: [...form.elements].filter(one => one.type === 'file').length,
}))"""


@dataclass
class Crawl:
    """`texts` are put into the fields in turn, `files` into the file fields. `echoed`: pages that answered with the number."""

    page: Page
    address: str
    canary: Canary
    texts: Sequence[str]
    files: Sequence[Path]
    pages: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    echoed: set[str] = field(default_factory=set)
    forms: set[tuple[str, str, int]] = field(default_factory=set)

    def run(self) -> None:
        self.page.on("response", self._look)
        self.page.on("dialog", lambda dialog: dialog.accept())
        waiting, seen = ["/"], {"/"}
        while waiting:
            path = waiting.pop(0)
            name = view_of(path)
            if name in LEFT_ALONE or self.pages[name] >= PAGES_OF_A_KIND or not self._open(path):
                continue
            self.pages[name] += 1
            links = self.page.evaluate("() => [...document.links].map(one => one.href)")
            for link in links:
                found = urlsplit(link)
                if link.startswith(self.address) and found.path not in seen:
                    seen.add(found.path)
                    waiting.append(f"{found.path}?{found.query}" if found.query else found.path)
            self._send_all(path)

    def knock(self, paths: Sequence[str]) -> None:
        """Addresses that hold the number: answers and logs must not repeat it."""
        for path in paths:
            self._open(path)

    def _send_all(self, path: str) -> None:
        for index, form in enumerate(self.page.evaluate(FORMS)):
            target = view_of(urlsplit(urljoin(self.address + path, form["action"] or "")).path)
            kind = (target, form["names"], form["buttons"])
            if target in LEFT_ALONE or not form["texts"] or kind in self.forms:
                continue
            self.forms.add(kind)
            for button in range(form["buttons"]):
                for past in (False, True):
                    for file in self.files if form["files"] else [None]:
                        self._send(path, (index, button), file, target, past=past)

    def _send(self, path: str, place: tuple[int, int], file: Path | None, target: str, *, past: bool) -> None:
        index, button = place
        if not self._open(path):
            return
        try:
            if file is not None:
                self.page.locator("form").nth(index).locator("input[type=file]").first.set_input_files(file)
            self.page.evaluate(FILL, [index, list(self.texts)])
            self.page.evaluate(SEND, [index, button, past])
            self.page.wait_for_load_state("networkidle")
            self.sent[target] += 1
        except Error as error:  # a download begins, or the page moved on while it was asked
            if "Timeout" in str(error):
                self.broken.append(f"{path}: form {index} took too long")

    def _open(self, path: str) -> bool:
        try:
            answer = self.page.goto(self.address + path)
        except Error:  # a download
            return False
        return answer is not None and answer.ok and "text/html" in answer.headers.get("content-type", "")

    def _look(self, response: Response) -> None:
        if response.status >= 500:
            self.broken.append(f"{response.status} {self.canary.taken_out_of(urlsplit(response.url).path)}")
        if "text/html" in response.headers.get("content-type", "") and response.status not in REDIRECTS:
            with suppress(Error):  # the page moved on before its body was asked for
                if self.canary.is_in_text(response.text()):
                    self.echoed.add(view_of(urlsplit(response.url).path))


def view_of(path: str) -> str:
    """The name of the page behind a path."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return "?"
