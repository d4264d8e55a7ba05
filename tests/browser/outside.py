"""What a page asks of other machines."""

from playwright.sync_api import Page

HERE = ("http://127.0.0.1:", "ws://127.0.0.1:", "file:", "data:", "blob:", "about:")


def asked_outside(page: Page) -> list[str]:
    """A list that grows with the address of each request that leaves this machine, from now on."""
    asked: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(HERE) else asked.append(request.url))
    page.on("websocket", lambda socket: None if socket.url.startswith(HERE) else asked.append(socket.url))
    return asked
