import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


class Web:
    """A server on this machine: path -> bytes; ``asked`` lists the paths asked for and the statuses answered."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.pages: dict[str, bytes] = {}
        self.asked: list[tuple[str, int]] = []


@pytest.fixture
def web() -> Iterator[Web]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = site.pages.get(self.path)
            etag = f'"{hash(content)}"'
            status = 404 if content is None else 304 if self.headers.get("If-None-Match") == etag else 200
            if self.path != "/robots.txt":
                site.asked.append((self.path, status))
            self.send_response(status)
            self.send_header("ETag", etag)
            self.end_headers()
            if content is not None and status == 200:
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    site = Web(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()
