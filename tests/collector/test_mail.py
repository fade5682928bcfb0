"""Double opt-in through a real mail server: the link, its button, the proof; and a mail server in trouble."""

import asyncio
import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyrage
import pytest
from aiosmtpd.controller import Controller
from aiosmtplib import SMTPServerDisconnected

from generator.collector import links, mailer, mails
from generator.collector.core import Keys
from generator.collector.mails import WAITS, Mail, Queue
from generator.collector.stores import Folder
from generator.collector.vault import Place
from tests.collector.town import SECRET, Town, free_port, running

TO = "zoe@courrier.example"


class Mailbox:
    """What the mail server does with mail: keeps it, or behaves as told."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.attempts = 0
        self.trouble = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.trouble == "unknown":
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.attempts += 1
        if self.trouble == "later":
            return "451 later"
        self.received.append(envelope.content.decode("utf-8"))
        if self.trouble == "cut":
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield box, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def wait_for(condition: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    assert condition()


def text_of(mail: str) -> str:
    import email
    from email import policy

    message = email.message_from_string(mail, policy=policy.default)
    return str(message.get_content())


def link_in(mail: str) -> str:
    found = re.search(r"https?://\S+/confirm\?t=\S+", text_of(mail))
    assert found
    return found[0]


def with_smtp(town: Town, url: str) -> Town:
    town.environment["VILLE_SMTP_URL"] = url
    return town


def test_the_link_leads_to_a_button_and_the_button_to_a_sealed_proof(town: Town, mailbox: tuple[Mailbox, str]) -> None:
    box, url = mailbox
    with running(with_smtp(town, url)) as collector:
        assert collector.sign_up().json()["status"] == "to-confirm"
        wait_for(lambda: box.received)
        mail = box.received[0]
        assert f"To: {TO}" in mail
        assert "Zoë" not in text_of(mail)
        link = link_in(mail).replace("https://solidaire.aubrenay.example", collector.url)
        # A program that follows links confirms nothing.
        page = httpx.get(link, headers={"accept": "text/html"})
        assert "Je confirme" in page.text
        assert not list(town.signups.glob("*/*/*.confirmed.age"))
        mark = link.partition("?t=")[2]
        confirm = f"{collector.url}/forms/devenir-voisin-solidaire/confirm"
        assert [httpx.post(confirm, data={"t": mark}).status_code for _ in range(2)] == [200, 200]
        (proof,) = (town.opened(path) for path in town.signups.glob("*/*/*.confirmed.age"))
        (record,) = town.records()
        assert (proof["id"], proof["text_version"]) == (record["id"], record["text_version"])
        assert set(record["consents"]) == {"charter"}
        wait_for(lambda: not any(name.name.startswith(record["id"]) for name in town.signups.glob(".queue/*")))


def test_a_link_dies_after_seven_days_and_serves_its_form_only() -> None:
    key, now = Keys.of(SECRET.encode()).links, 1_795_000_000
    place = Place("lettre", "2026-11", "0" * 26)
    mark = links.make(key, place, now)
    assert links.read(key, mark, "lettre", now + 7 * 86400) == place
    assert links.read(key, mark, "lettre", now + 7 * 86400 + 1) is None
    assert links.read(key, mark, "autre", now) is None
    assert links.read(key, mark[:-1] + ("0" if mark[-1] != "0" else "1"), "lettre", now) is None


def test_what_was_erased_meanwhile_can_t_be_confirmed(town: Town, mailbox: tuple[Mailbox, str]) -> None:
    import shutil

    box, url = mailbox
    with running(with_smtp(town, url)) as collector:
        collector.sign_up()
        wait_for(lambda: box.received)
        shutil.rmtree(town.signups / "devenir-voisin-solidaire")
        mark = link_in(box.received[0]).partition("?t=")[2]
        answer = httpx.post(f"{collector.url}/forms/devenir-voisin-solidaire/confirm", data={"t": mark})
        assert answer.status_code == 404
        assert "effacé" in answer.text


def test_no_mail_server_loses_no_sign_up_and_the_mail_leaves_once_there_is_one(town: Town) -> None:
    port = free_port()
    with running(with_smtp(town, f"smtp://127.0.0.1:{port}")) as collector:
        assert collector.sign_up().status_code == 200
        assert len(town.records()) == 1
        collector.kill()
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    with running(town):
        wait_for(lambda: box.received)
    controller.stop()
    assert len(box.received) == 1


def queue(tmp_path: Path) -> Queue:
    return Queue(Folder(tmp_path), str(pyrage.x25519.Identity.generate()))


def add(waiting: Queue, tmp_path: Path, due: float) -> None:
    put(tmp_path, waiting._identity, Mail("a" * 26, TO, "Sujet", "Texte"), due)


def put(folder: Path, key: Any, mail: Mail, due: float) -> None:
    name, data = mails.waiting(mail, due)
    (folder / ".queue").mkdir(exist_ok=True)
    (folder / name).write_bytes(pyrage.encrypt(data, [key.to_public()]))


@pytest.mark.parametrize(
    ("trouble", "times", "attempts"), [("later", 4, 4), ("cut", 2, 2), ("unknown", 4, 0), ("", 4, 1)]
)
def test_a_mail_is_tried_again_later_each_time_until_it_goes(
    tmp_path: Path, mailbox: tuple[Mailbox, str], trouble: str, times: int, attempts: int
) -> None:
    box, url = mailbox
    box.trouble = trouble
    waiting = queue(tmp_path)
    add(waiting, tmp_path, 0)
    server = mailer.Server(url, "mairie@aubrenay.example")
    for moment in (0, 60, 360, 1260)[:times]:
        with contextlib.suppress(SMTPServerDisconnected):
            asyncio.run(mailer.send_due(waiting, server, moment))
        assert not waiting.due(moment)
    assert box.attempts == attempts
    assert [job.attempt for job in waiting.jobs()] == ([times] if trouble in {"later", "cut"} else [])


def test_a_crash_between_taking_and_sending_sends_once_more_at_most(tmp_path: Path) -> None:
    waiting = queue(tmp_path)
    add(waiting, tmp_path, 0)
    (job,) = waiting.due(0)
    assert waiting.take(job) is not None
    assert waiting.take(job) is None
    assert not waiting.due(59)
    assert [each.due for each in waiting.jobs()] == [60]


def test_two_processes_never_send_the_same_mail(tmp_path: Path, mailbox: tuple[Mailbox, str]) -> None:
    box, url = mailbox
    key = str(pyrage.x25519.Identity.generate())
    one, two = Queue(Folder(tmp_path), key), Queue(Folder(tmp_path), key)
    for number in range(30):
        put(tmp_path, one._identity, Mail(f"{number:026}", TO, "Sujet", f"Texte {number}"), 0)
    server = mailer.Server(url, "mairie@aubrenay.example")

    async def both() -> list[int]:
        return list(await asyncio.gather(mailer.send_due(one, server, 1), mailer.send_due(two, server, 1)))

    assert sum(asyncio.run(both())) == 30
    assert len({text_of(mail) for mail in box.received}) == len(box.received) == 30
    assert not list(one.jobs())


def test_a_mail_that_never_goes_is_given_up(tmp_path: Path) -> None:
    waiting = queue(tmp_path)
    add(waiting, tmp_path, 0)
    moment = 0.0
    for wait in WAITS:
        (job,) = waiting.due(moment)
        assert waiting.take(job) is not None
        moment += wait
    assert waiting.due(moment) == []
    assert not list(waiting.jobs())


def test_nothing_that_waits_can_be_read_on_the_disk(tmp_path: Path) -> None:
    add(queue(tmp_path), tmp_path, 0)
    assert TO.encode() not in b"".join(path.read_bytes() for path in (tmp_path / ".queue").iterdir())


def test_an_address_can_t_add_headers() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        mailer._message(Mail("a", "x@y.fr\r\nBcc: z@y.fr", "Sujet", "Texte"), "mairie@aubrenay.example")
