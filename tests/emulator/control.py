"""The emulator's own requests, below `/moto-api/capgen/`: plant what must exist, and make ECS roll a service back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from tests.emulator import plants

PREFIX = "/moto-api/capgen/"
RESET = "/moto-api/reset"

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

rollbacks: set[str] = set()
"""Names of the services whose next new task definition ECS is to roll back."""


class Control:
    """A WSGI layer that answers the emulator's own requests and hands moto the rest."""

    def __init__(self, moto: Application) -> None:
        """Remember the application below."""
        self._moto = moto

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        if path == RESET:
            rollbacks.clear()
        if not path.startswith(PREFIX):
            return self._moto(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        status = _perform(path.removeprefix(PREFIX), json.loads(body or b"{}"))
        start_response(status, [("Content-Type", "application/json")])
        return [b"{}"]


def _perform(action: str, body: dict[str, Any]) -> str:
    if action == "plant":
        plants.plant(body["region"], body)
    elif action == "rollback":
        rollbacks.add(body["service"])
    else:
        return "404 Not Found"
    return "200 OK"
