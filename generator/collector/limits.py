"""How often one address may send: counted in memory, under a key that is thrown away every day.

The address itself is never kept: only its keyed hash, and no one can make the hash again once the key is gone.
Each process counts for itself; several processes together let through at most as many times more.
"""

import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `burst` sendings at once, and as many again spread over `seconds`."""

    burst: int
    seconds: float


WITH_PROOF = Rate(60, 600)
"""With a proof of work: a family, an office or a public kiosk behind one address."""

WITHOUT_PROOF = Rate(12, 600)
"""Without: a resident sends two to four times, corrections and check page included."""

REMEMBERED = 50_000
"""Addresses held at once, about 10 MB; the one seen longest ago goes first."""


class Limiter:
    """Counts sendings by address."""

    def __init__(self) -> None:
        self._day = ""
        self._key = b""
        self._seen: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def wait(self, address: str, rate: Rate, now: float, day: str) -> int:
        """Count a sending; give 0 when it may pass, else the seconds to wait. `day` is today's date."""
        if day != self._day:
            self._day, self._key = day, secrets.token_bytes(32)
            self._seen.clear()
        name = self._name(address, rate)
        left, last = self._seen.pop(name, (float(rate.burst), now))
        pace = rate.burst / rate.seconds
        left = min(float(rate.burst), left + max(0.0, now - last) * pace)
        passes = left >= 1
        self._seen[name] = (left - 1 if passes else left, now)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return 0 if passes else int((1 - left) / pace) + 1

    def _name(self, address: str, rate: Rate) -> bytes:
        return hashlib.blake2b(f"{rate.burst} {network(address)}".encode(), key=self._key, digest_size=16).digest()


def network(address: str) -> str:
    """Give what one subscriber holds: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Address(int(known) >> 64 << 64))
    return str(known)
