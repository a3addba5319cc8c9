"""The emulator's own requests, below `/moto-api/capgen/`.

They plant what must exist, make ECS roll a service back, and tell which requests moto could not answer.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from tests.emulator import plants

PREFIX = "/moto-api/capgen/"
RESET = "/moto-api/reset"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

rollbacks: set[str] = set()
"""Names of the services whose next new task definition ECS is to roll back."""

unanswered: set[str] = set()
"""Requests since the last reset that moto has no answer to."""


class Control:
    """A WSGI layer that answers the emulator's own requests, hands moto the rest, and watches what becomes of them."""

    def __init__(self, moto: Application) -> None:
        """Remember the application below."""
        self._moto = moto

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        if path == RESET:
            rollbacks.clear()
            unanswered.clear()
        if not path.startswith(PREFIX):
            return self._watched(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        status, answer = _perform(path.removeprefix(PREFIX), json.loads(body or b"{}"))
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    def _watched(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Remember the request if moto raises, or knows no such path; its own "not found" is never a web page."""
        request = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"

        def watching(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            page = any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers)
            if status.startswith("5") or (status.startswith("404") and page and environ["REQUEST_METHOD"] != "HEAD"):
                unanswered.add(f"{request}: {status}")
            return start_response(status, headers, *error)

        try:
            return self._moto(environ, watching)
        except Exception as error:
            unanswered.add(f"{request}: {error}")
            raise


def _perform(action: str, body: dict[str, Any]) -> tuple[str, Any]:
    match action:
        case "plant":
            plants.plant(body["region"], body)
        case "rollback":
            rollbacks.add(body["service"])
        case "unanswered":
            return "200 OK", sorted(unanswered)
        case _:
            return "404 Not Found", {}
    return "200 OK", {}
