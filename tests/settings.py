"""The real settings, on a data directory that is made for this test process and removed after it."""

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="hitokuchi-tests-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["HITOKUCHI_DATA_DIR"] = FOLDER
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in the test's thread
os.environ.pop("EMAIL_URL", None)
os.environ.pop("HITOKUCHI_PUBLIC_URL", None)

from config.settings import *  # noqa: F403
