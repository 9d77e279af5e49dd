"""A real Chromium that opens our pages as a person would; its console must stay silent."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.granting import create_user
from accounts.roles import Role
from tests.conftest import NOW

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
]
PASSWORD = "mizuumi-no-sakana"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def own_data_directory(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()


class Desk:
    """A signed-in person at the browser; `complaints` collects what the console said and what failed."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)  # a busy machine is slow, not wrong
        self.address = address
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, name: str) -> None:
        self.open("/accounts/login/")
        self.page.get_by_label("利用者の名前").fill(name)
        self.page.get_by_label("パスワード").fill(PASSWORD)
        self.page.get_by_role("button", name="サインイン").click()
        self.page.wait_for_url(f"{self.address}/")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()


@pytest.fixture(params=[True, False], ids=["with-js", "without-js"])
def javascript(request) -> bool:
    return request.param


@pytest.fixture
def desk(chromium, live_server, own_data_directory, transactional_db, javascript) -> Iterator[Desk]:
    """会計さん, who also prints and writes the newsletter, signed in."""
    create_user(name="kaikei", roles=(Role.TREASURER, Role.PRINTER, Role.ORGANISER), password=PASSWORD, at=NOW)
    context = chromium.new_context(viewport={"width": 1366, "height": 900}, locale="ja-JP", java_script_enabled=javascript)
    desk = Desk(context, live_server.url)
    desk.sign_in("kaikei")
    yield desk
    context.close()
