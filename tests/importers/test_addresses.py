import ipaddress
import socket
import time

import pytest

from newscli.importers.addresses import connect, is_public, left, resolve
from newscli.importers.problems import SourceError


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "93.184.216.34",
        "2606:4700:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2002:808:808::",
    ],
)
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # what clouds tell their machines
        "100.64.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "100::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "5f00::1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.1", "0x7f000001", "2130706433"])
def test_the_own_machine_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(SourceError, match="not a public address: refused"):
        list(resolve(host, 80, allow_private=False))


def test_the_own_machine_is_allowed_when_asked_for() -> None:
    assert [address[0] for _, address in resolve("127.0.0.1", 80, allow_private=True)] == ["127.0.0.1"]


def answer(*addresses: str) -> object:
    """A resolver that knows one host by these addresses."""

    def getaddrinfo(_host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
        families = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses]
        return [(family, 1, 6, "", (address, port)) for family, address in zip(families, addresses, strict=True)]

    return getaddrinfo


def test_of_a_host_with_both_kinds_only_the_public_addresses_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", answer("10.0.0.1", "8.8.8.8", "::1", "fe80::1%eth0"))
    assert [address for _, address in resolve("x", 80, allow_private=False)] == [("8.8.8.8", 80)]


def test_the_name_is_resolved_once_and_the_checked_address_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means a public address when it is checked and the own machine when it is used (DNS rebinding)."""
    asked: list[str] = []
    used: list[object] = []

    def getaddrinfo(host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
        asked.append(host)
        address = "8.8.8.8" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, 1, 6, "", (address, port))]

    class Socket(socket.socket):
        def connect(self, address: object) -> None:
            used.append(address)

    monkeypatch.setattr("socket.getaddrinfo", getaddrinfo)
    monkeypatch.setattr("socket.socket", Socket)
    connect("rebinding.example", 80, time.monotonic() + 5, allow_private=False).close()
    assert asked == ["rebinding.example"]
    assert used == [("8.8.8.8", 80)]


def test_the_next_address_is_tried_when_one_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []

    class Socket(socket.socket):
        def connect(self, address: tuple[str, int]) -> None:  # type: ignore[override]
            tried.append(address[0])
            if address[0] == "8.8.8.8":
                raise ConnectionRefusedError("refused")

    monkeypatch.setattr("socket.getaddrinfo", answer("8.8.8.8", "1.1.1.1"))
    monkeypatch.setattr("socket.socket", Socket)
    connect("x", 80, time.monotonic() + 5, allow_private=False).close()
    assert tried == ["8.8.8.8", "1.1.1.1"]
    monkeypatch.setattr("socket.getaddrinfo", answer("8.8.8.8"))
    with pytest.raises(ConnectionRefusedError):
        connect("x", 80, time.monotonic() + 5, allow_private=False)


def test_a_host_without_addresses_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", answer())
    with pytest.raises(SourceError):
        connect("x", 80, time.monotonic() + 5, allow_private=False)


def test_a_deadline_passes() -> None:
    assert 0 < left(time.monotonic() + 5) <= 5
    with pytest.raises(TimeoutError, match="took too long"):
        left(time.monotonic() - 1)
