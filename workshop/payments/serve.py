"""Any handler as a real server on this machine, from a notebook cell. The only module here that opens a socket.

The server lives in daemon threads of the notebook's own process: it survives an interrupted cell and goes when the
kernel goes, however it goes. A separate process would outlive a killed kernel and hold its port.
"""

import errno
import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from workshop.errors import WorkshopError
from workshop.payments.exchange import Handler, Response

HOST = "127.0.0.1"
PATIENCE = 30.0
"""Seconds that a client waits for an answer."""
TRIES = 20
"""Ports that are tried after a taken one."""


class PortTaken(WorkshopError):
    """Another program listens on the port that was asked for."""


class NobodyAnswers(WorkshopError):
    """There is no server at an address, or it fell silent."""


class _Requests(BaseHTTPRequestHandler):
    """Hands each request to the server's handler."""

    protocol_version = "HTTP/1.1"
    # An answer leaves in one packet, at once: unbuffered headers and Nagle's algorithm cost 40 ms a call.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: "_Server"

    def _respond(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        path = self.path.partition("?")[0]
        response = self.server.handler(self.command, path, dict(self.headers.items()), self.rfile.read(length))
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def __getattr__(self, name: str) -> Any:
        """Any method's ``do_...``: which methods there are is for the handler to say."""
        if name.startswith("do_"):
            return self._respond
        raise AttributeError(name)

    def log_message(self, format: str, *args: Any) -> None:
        """Stays quiet: the cell's output is for the participant."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # So that a port is free again at once. Elsewhere the same option would share a taken port in silence.
    allow_reuse_address = os.name == "posix"

    def __init__(self, port: int, handler: Handler) -> None:
        self.handler = handler
        self._open: set[Any] = set()
        super().__init__((HOST, port), _Requests)

    def server_bind(self) -> None:
        """Binds without asking the network for this machine's name, which can take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""

    def hang_up(self) -> None:
        """Ends the connections that clients keep open, so that no thread waits for their next request."""
        for request in list(self._open):
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)


class Served:
    """A running server: its ``url``, and ``stop()``. Also a context manager."""

    def __init__(self, server: _Server, name: str) -> None:
        self.name, self.port = name, int(server.server_address[1])
        self.url = f"http://{HOST}:{self.port}"
        self._server = server
        self._thread = Thread(target=server.serve_forever, args=(0.02,), name=f"serve {name}", daemon=True)
        self._thread.start()

    def __repr__(self) -> str:
        return f"<{self.name} at {self.url}>"

    def __enter__(self) -> "Served":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        """Whether it answers."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Stops it and frees its port. Stopping twice does nothing more."""
        with _GUARD:
            if _RUNNING.get(self.name) is self:
                del _RUNNING[self.name]
        if self.running:
            self._server.shutdown()
            self._server.hang_up()
            self._server.server_close()
            self._thread.join()


_RUNNING: dict[str, Served] = {}
_GUARD = Lock()


def serve(handler: Handler, name: str = "mock", port: int = 0, *, next_free: bool = False) -> Served:
    """Serves ``handler`` on this machine and stops what was served under that name before: a cell may run again.

    ``port`` 0 is any free one. PortTaken if another program has the port, unless ``next_free`` asks for the next.
    """
    if before := _RUNNING.get(name):
        before.stop()
    served = Served(_bind(handler, port, TRIES if next_free and port else 1), name)
    with _GUARD:
        _RUNNING[name] = served
    return served


def _bind(handler: Handler, port: int, tries: int) -> _Server:
    for candidate in range(port, port + tries):
        try:
            return _Server(candidate, handler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    asked = f"Port {port} is" if tries == 1 else f"The ports {port} to {port + tries - 1} are"
    raise PortTaken(f"{asked} in use by another program. Leave the port out, and a free one is found.")


class Remote:
    """A handler that asks a server. It goes straight there: a proxy that the environment names is not asked.

    The connection is kept, which makes a verification five times as fast.
    """

    def __init__(self, url: str) -> None:
        target = urlsplit(url)
        self.url, self._base = url, target.path.rstrip("/")
        self._connection = HTTPConnection(target.hostname or HOST, target.port, timeout=PATIENCE)
        self._lock = Lock()

    def __call__(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Response:
        """The server's answer; NobodyAnswers if there is none."""
        with self._lock:
            return self._ask(method, path, headers, body)

    def close(self) -> None:
        """Ends the connection; the next request makes a new one."""
        self._connection.close()

    def __del__(self) -> None:
        self.close()

    def _ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Response:
        kept = self._connection.sock is not None
        try:
            self._connection.request(method, self._base + path, body or None, dict(headers))
            answer = self._connection.getresponse()
            return Response(answer.status, dict(answer.getheaders()), answer.read())
        except (HTTPException, OSError) as error:
            self.close()
            if kept:  # the server had hung up in the meantime, as servers do
                return self._ask(method, path, headers, body)
            raise NobodyAnswers(f"Nobody answers at {self.url}. Is it served?") from error
