import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from workshop.payments.bugs import provider
from workshop.payments.document import Contract
from workshop.payments.exchange import Caller, Handler, Response
from workshop.payments.mock import Mock
from workshop.payments.serve import HOST, NobodyAnswers, PortTaken, Remote, serve
from workshop.payments.verify import verify


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


def answering(text: str) -> Handler:
    return lambda method, path, headers, body: Response(200, {"Content-Type": "text/plain"}, f"{text} {path}".encode())


def answer(url: str, path: str = "/") -> str:
    return Remote(url)("GET", path, {}, b"").body.decode()


def test_a_served_mock_answers_over_a_real_socket(contract: Contract) -> None:
    with serve(Mock(contract).handle) as served:
        call = Caller(contract, Remote(served.url))
        made = call("createQuote", {"sell": {"currency": "EUR", "amount": "100.00"}, "buy_currency": "KWD"})
        assert (made.status, made.answer["buy"]["amount"]) == (201, "33.340")
        refused = call("createQuote", {"sell": {"currency": "EUR", "amount": "ten"}, "buy_currency": "KWD"})
        assert (refused.status, refused.media) == (422, "application/problem+json")


def test_verification_over_a_socket_says_the_same(contract: Contract) -> None:
    with serve(provider(contract, "delivered"), "delivered") as served:
        remote = Remote(served.url)
        first = verify(contract, remote, level="patterns")
        again = verify(contract, remote, level="patterns")
    assert first == again == verify(contract, provider(contract, "delivered"), level="patterns")
    assert not first.passed


def test_serving_again_replaces_the_server_of_that_name() -> None:
    first = serve(answering("first"), "mine")
    with serve(answering("second"), "mine") as second, serve(answering("other"), "other") as other:
        assert not first.running
        assert answer(second.url) == "second /"
        assert answer(other.url, "/a/b?c=d") == "other /a/b"
        assert repr(second) == f"<mine at {second.url}>"
    with pytest.raises(NobodyAnswers, match=f"Nobody answers at {first.url}"):
        answer(first.url)


def test_a_fixed_port_is_free_again_at_once() -> None:
    with serve(answering("first"), "mine") as first:
        port = first.port
        assert answer(first.url) == "first /"
        second = serve(answering("second"), "mine", port)
        assert (second.port, answer(second.url)) == (port, "second /")
    second.stop()
    second.stop()


def test_a_taken_port_is_a_clear_error(taken: int) -> None:
    with pytest.raises(PortTaken, match=f"Port {taken} is in use by another program. Leave the port out"):
        serve(answering("mine"), port=taken)


def test_or_the_next_free_one(taken: int) -> None:
    with serve(answering("mine"), port=taken, next_free=True) as served:
        assert taken < served.port <= taken + 20
        assert answer(served.url) == "mine /"


def test_fifty_servers_leave_nothing_behind() -> None:
    before = set(threading.enumerate())
    ports = []
    for _ in range(50):
        with serve(answering("x"), "cycle") as served:
            kept = HTTPConnection(HOST, served.port)
            kept.request("GET", "/")
            assert kept.getresponse().read() == b"x /"
            ports.append(served.port)
        kept.close()
    left = set(threading.enumerate()) - before
    for thread in left:
        thread.join(5)
    assert [thread.name for thread in left if thread.is_alive()] == []
    for port in ports:
        with socket.create_server((HOST, port)):
            pass


def test_a_kept_connection_survives_a_new_server() -> None:
    with serve(answering("first"), "mine") as first:
        remote = Remote(first.url)
        assert remote("GET", "/", {}, b"").body == b"first /"
        with serve(answering("second"), "mine", first.port):
            assert remote("GET", "/", {}, b"").body == b"second /"
    remote.close()


def test_a_service_that_goes_away_ends_a_verification(contract: Contract) -> None:
    with serve(provider(contract), "mine") as served:
        remote = Remote(served.url)
        assert remote("GET", "/v1/rates/EUR/USD", {}, b"").status == 200
    with pytest.raises(NobodyAnswers):
        verify(contract, remote)


def test_every_method_reaches_the_handler() -> None:
    with serve(lambda method, path, headers, body: Response(405, {"Allow": method}, b""), "mine") as served:
        remote = Remote(served.url)
        assert [remote(method, "/", {}, b"").headers["Allow"] for method in ("TRACE", "QUERY")] == ["TRACE", "QUERY"]


def test_no_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serve(answering("straight"), "mine") as served:
        assert answer(served.url) == "straight /"


def test_requests_are_served_side_by_side() -> None:
    both = threading.Barrier(2, timeout=10)

    def meeting(*request: object) -> Response:
        both.wait()
        return Response(200, {}, b"met")

    with serve(meeting, "meeting") as served:
        found: list[str] = []
        threads = [threading.Thread(target=lambda: found.append(answer(served.url))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == ["met", "met"]
