"""How often one address may send, and what is remembered of it."""

from generator.collector import limits
from generator.collector.limits import WITH_PROOF, WITHOUT_PROOF, Limiter, network
from tests.collector.town import SIGN_UP, Running, token_for

NOW = 1_795_000_000.0
TODAY = "2026-11-23"


def test_a_burst_passes_then_has_to_wait() -> None:
    limiter = Limiter()
    waits = [limiter.wait("192.0.2.1", WITHOUT_PROOF, NOW, TODAY) for _ in range(WITHOUT_PROOF.burst + 1)]
    assert waits[:-1] == [0] * WITHOUT_PROOF.burst
    assert waits[-1] > 0
    assert limiter.wait("192.0.2.1", WITHOUT_PROOF, NOW + waits[-1], TODAY) == 0


def test_another_address_and_another_rate_are_counted_apart() -> None:
    limiter = Limiter()
    for _ in range(WITHOUT_PROOF.burst + 1):
        limiter.wait("192.0.2.1", WITHOUT_PROOF, NOW, TODAY)
    assert limiter.wait("192.0.2.2", WITHOUT_PROOF, NOW, TODAY) == 0
    assert limiter.wait("192.0.2.1", WITH_PROOF, NOW, TODAY) == 0


def test_an_ipv6_subscriber_is_one_whatever_its_address() -> None:
    assert network("2001:db8:1:2:3:4:5:6") == network("2001:db8:1:2:ffff::1") == "2001:db8:1:2::"
    assert network("2001:db8:1:3::1") != network("2001:db8:1:2::1")
    assert network("::ffff:192.0.2.1") == "192.0.2.1"
    assert network("n'importe quoi") == ""


def test_nothing_of_the_address_is_kept() -> None:
    limiter = Limiter()
    limiter.wait("192.0.2.77", WITH_PROOF, NOW, TODAY)
    assert "192.0.2.77" not in repr(vars(limiter))
    assert b"192.0.2.77" not in b"".join(limiter._seen)


def test_the_key_is_thrown_away_with_the_day() -> None:
    limiter = Limiter()
    limiter.wait("192.0.2.1", WITH_PROOF, NOW, TODAY)
    key, names = limiter._key, set(limiter._seen)
    limiter.wait("192.0.2.1", WITH_PROOF, NOW + 86400, "2026-11-24")
    assert limiter._key != key
    assert not names & set(limiter._seen)


def test_memory_has_a_bound(monkeypatch: object) -> None:
    limiter = Limiter()
    for number in range(limits.REMEMBERED + 1000):
        limiter.wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", WITH_PROOF, NOW, TODAY)
    assert len(limiter._seen) == limits.REMEMBERED


def test_a_clock_that_goes_back_locks_nobody_out_for_long() -> None:
    limiter = Limiter()
    for _ in range(WITHOUT_PROOF.burst):
        limiter.wait("192.0.2.1", WITHOUT_PROOF, NOW, TODAY)
    assert 0 < limiter.wait("192.0.2.1", WITHOUT_PROOF, NOW - 86400, TODAY) < 120


def test_a_robot_without_script_is_held_and_people_still_pass(collector: Running) -> None:
    robot = {"x-forwarded-for": "198.51.100.9"}
    statuses = [
        collector.post(data={**SIGN_UP, "token": token_for()}, headers=robot).status_code
        for _ in range(WITHOUT_PROOF.burst + 5)
    ]
    assert statuses[0] == 303
    assert statuses[-5:] == [429] * 5
    held = collector.post(data={**SIGN_UP, "token": token_for()}, headers=robot)
    assert int(held.headers["retry-after"]) > 0
    assert SIGN_UP["street"] in held.text
    person = collector.post(data={**SIGN_UP, "token": token_for()}, headers={"x-forwarded-for": "203.0.113.5"})
    assert person.status_code == 303


def test_the_trap_for_robots_is_refused_and_told(collector: Running) -> None:
    before = len(collector.town.records())
    answer = collector.post(data={**SIGN_UP, "token": token_for(), "site_web": "http://pub.example"})
    assert answer.status_code == 403
    assert "robots" in answer.text
    assert "pub.example" not in answer.text
    assert len(collector.town.records()) == before
