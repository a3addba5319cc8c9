"""Run the emulator: `python -m tests.emulator.server`.

It binds 127.0.0.1, prints its URL on the first line, and ends when its standard input ends, so that it never outlives
the test run that started it.
"""

import argparse
import os
import sys
import threading

from werkzeug.serving import BaseWSGIServer, make_server

_SETTINGS = {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "MOTO_ACM_VALIDATION_WAIT": "0"}


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(description="Stand-in for AWS on loopback.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    server = _make_server(parser.parse_args().port)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


def _make_server(port: int) -> BaseWSGIServer:
    """Import moto only here: it reads the environment when it is imported."""
    os.environ.update(_SETTINGS)
    from moto.core.config import default_user_config
    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )

    from tests.emulator import control, patches

    default_user_config["lambda"] = {"use_docker": False}
    patches.apply()
    application = control.Control(DomainDispatcherApplication(create_backend_app))
    return make_server("127.0.0.1", port, application, threaded=True, request_handler=MotoRequestHandler)


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
