"""Which addresses may be fetched from, and connections that go to the address that was checked and nowhere else."""

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from typing import Any

from newscli.importers.problems import Code, SourceError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = [  # what ipaddress.is_global calls public in some releases of Python 3.11 to 3.13
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4",
        "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "fec0::/10", "3fff::/20", "5f00::/16",
    )
]  # fmt: skip


def is_public(address: Address) -> bool:
    """Whether an address is reachable from everywhere and means one machine; an embedded IPv4 address counts too."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    if any(address.version == network.version and address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolve(host: str, port: int, *, allow_private: bool) -> Iterator[tuple[int, Any]]:
    """The addresses of a host that may be connected to, as family and socket address.

    Raises:
        SourceError: it has none, or none that is public.
        OSError: its name cannot be resolved.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    allowed = 0
    for family, _, _, _, address in found:
        numeric = ipaddress.ip_address(str(address[0]).partition("%")[0])
        if allow_private or is_public(numeric):
            allowed += 1
            yield family, address
    if not allowed:
        message = f"{host} is not a public address: refused (--allow-private allows it)"
        raise SourceError(Code.UNREADABLE, message)


def connect(host: str, port: int, deadline: float, *, allow_private: bool) -> socket.socket:
    """A connection to a host, made to the very address that was checked.

    Raises:
        SourceError: the host has no address that may be connected to.
        OSError: none of them answers before the deadline (of ``time.monotonic``).
    """
    failure: OSError | None = None
    for family, address in resolve(host, port, allow_private=allow_private):
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(left(deadline))
            connection.connect(address)
        except OSError as error:
            connection.close()
            failure = error
        else:
            return connection
    raise failure or OSError(f"{host} has no address")


def left(deadline: float) -> float:
    """The seconds until a deadline.

    Raises:
        TimeoutError: there are none.
    """
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("took too long")
    return seconds


class Connection(http.client.HTTPConnection):
    """An HTTP connection to a checked address, with one deadline for all that happens on it."""

    def __init__(self, scheme: str, host: str, port: int, deadline: float, *, allow_private: bool) -> None:
        super().__init__(host, port)
        self.default_port = 443 if scheme == "https" else 80
        self._scheme = scheme
        self._deadline = deadline
        self._allow_private = allow_private

    def connect(self) -> None:
        """Connect, and speak TLS where the scheme is https; certificates are checked."""
        connection = connect(self.host, self.port, self._deadline, allow_private=self._allow_private)
        if self._scheme == "https":
            try:
                connection = ssl.create_default_context().wrap_socket(connection, server_hostname=self.host)
            except OSError:
                connection.close()
                raise
        self.sock = connection

    def response_class(self, connection: socket.socket, *args: Any, **options: Any) -> http.client.HTTPResponse:  # type: ignore[override]
        """A response that is read within the deadline."""
        response = http.client.HTTPResponse(connection, *args, **options)
        response.fp = io.BufferedReader(_Timed(response.fp.detach(), connection, self._deadline))
        return response


class _Timed(io.RawIOBase):
    """What comes over a connection, each read limited to what is left until the deadline: a server cannot trickle."""

    def __init__(self, stream: io.RawIOBase, connection: socket.socket, deadline: float) -> None:
        self._stream = stream  # keeps the connection open after http.client is done with it
        self._connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.settimeout(left(self._deadline))
        return self._stream.readinto(buffer) or 0

    def close(self) -> None:
        self._stream.close()
        super().close()
