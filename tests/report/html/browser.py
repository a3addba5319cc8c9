"""Open a page in a real, headless Chromium, closed off from the network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

REQUIRE = "CAPGEN_REQUIRE_BROWSER"
"""Set to 1, it makes a missing browser a failure."""

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """A page in the browser. `said` is what it wrote to the console, `asked` are the addresses that it requested."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


class Browser:
    """A running browser, with a fresh profile for each page."""

    def __init__(self, chromium: Any) -> None:
        self._chromium = chromium

    @contextmanager
    def open(
        self, file: Path, *, scheme: Literal["light", "dark"] = "light", width: int = 1440, scripts: bool = True
    ) -> Iterator[Opened]:
        """Open a file from disk in a window of a width."""
        context = self._chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts,
            reduced_motion="reduce",
        )  # fmt: skip
        opened = Opened(context.new_page())
        opened.page.on("console", lambda message: opened.said.append(f"{message.type}: {message.text}"))
        opened.page.on("pageerror", lambda error: opened.said.append(f"error: {error}"))
        opened.page.on("dialog", lambda dialog: opened.said.append(f"dialog: {dialog.message}"))
        opened.page.on("request", lambda request: opened.asked.append(request.url))
        opened.page.goto(file.as_uri())
        yield opened
        context.close()


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser of this machine. Skips the test where there is none, unless one is required."""
    found = next((path for path in map(shutil.which, _NAMES) if path), None)
    if found is None:
        message = "no Chromium is installed"
        if os.environ.get(REQUIRE) == "1":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(_ARGUMENTS))
        yield Browser(chromium)
        chromium.close()
