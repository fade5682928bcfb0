"""Sending the mails that wait, through the town's SMTP server.

`VILLE_SMTP_URL` says where: `smtps://user:password@host:465` (TLS), `smtp://user:password@host:587` (STARTTLS when
the server offers it). Nothing of a mail is ever logged: neither its address nor what the server said about it.
"""

import asyncio
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

import aiosmtplib

from generator.campaign.models.fields import PARIS

from .mails import Mail, Queue

PACE = 5.0
"""Seconds between two looks at the queue."""

TIMEOUT = 20.0
"""Seconds that the server has for each step of a conversation."""

NEVER = 500
"""From this code on, a server says that a mailbox will never take the mail (RFC 5321, 4.2.1)."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server, and the address that mails come from."""

    url: str
    sender: str

    def connection(self) -> aiosmtplib.SMTP:
        """Give a connection, not opened yet."""
        parts = urlsplit(self.url)
        secure = parts.scheme == "smtps"
        return aiosmtplib.SMTP(
            hostname=parts.hostname or "localhost",
            port=parts.port or (465 if secure else 587),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=secure,
            timeout=TIMEOUT,
        )


async def send_due(queue: Queue, server: Server, now: float) -> int:
    """Send every mail whose time has come; give how many went.

    A server that can't be reached ends the round before any mail is taken: none of them loses an attempt.
    """
    jobs = await asyncio.to_thread(queue.due, now)
    if not jobs:
        return 0
    sent = 0
    async with server.connection() as smtp:
        for job in jobs:
            taken = await asyncio.to_thread(queue.take, job)
            if taken is None:
                continue
            mail, following = taken
            try:
                await smtp.send_message(_message(mail, server.sender))
                sent += 1
            except aiosmtplib.SMTPRecipientsRefused as refused:
                if not all(answer.code >= NEVER for answer in refused.recipients):
                    continue
            except aiosmtplib.SMTPResponseException:
                continue
            await asyncio.to_thread(queue.done, following)
    return sent


async def run(queue: Queue, server: Server, wake: asyncio.Event) -> None:
    """Send mails for as long as the server runs: when one is queued, and every few seconds for those that wait."""
    trouble = ""
    while True:
        try:
            await send_due(queue, server, time.time())
            trouble = ""
        except (aiosmtplib.SMTPException, OSError) as error:
            if type(error).__name__ != trouble:
                trouble = type(error).__name__
                sys.stderr.write(f"Le courrier attend : le serveur ne répond pas comme il faut ({trouble}).\n")
        try:
            async with asyncio.timeout(PACE):
                await wake.wait()
            wake.clear()
        except TimeoutError:
            continue


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(datetime.now(PARIS))
    message["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message
