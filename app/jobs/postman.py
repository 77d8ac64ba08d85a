"""Carries a mail out of the house: over SMTP, or into a folder where no server is set."""

from __future__ import annotations

import base64
import os
import smtplib
import ssl
import tempfile
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from app.jobs.models import OutboxMail
from app.kernel.languages import t
from config import Settings

TIMEOUT = 20
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class WholeSubject(EmailPolicy):
    """Folds a subject so that every space of it arrives.

    `EmailPolicy` may break the line at a space that it then writes between two encoded words, where readers drop it
    (RFC 2047 section 6.2): «اللقاء التواصلي» would arrive as one word.
    """

    def fold(self, name: str, value: Any) -> str:
        """The header as it is sent, in lines."""
        if name.lower() != "subject" or str(value).isascii():
            return str(super().fold(name, value))
        words = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {words}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same as bytes."""
        if name.lower() != "subject":
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


POLICY = WholeSubject(linesep=SMTP.linesep)


class Undeliverable(Exception):
    """The server will never take this mail; `told` is its code, without the address."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


class NotNow(Exception):
    """The server cannot be reached or asks to come back later; `told` is its code, without the address."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


def deliver(mail: OutboxMail, settings: Settings) -> None:
    """Hand the mail over; raises `Undeliverable` or `NotNow`. Must not be called inside a transaction."""
    message = message_of(mail, settings)
    if not settings.smtp_url:
        _into_folder(message, settings.mail_folder, mail.id)
        return
    try:
        with _server(settings.smtp_url) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise (Undeliverable if code >= 500 else NotNow)(f"recipient {code}") from None
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise (Undeliverable if error.smtp_code >= 500 else NotNow)(f"message {error.smtp_code}") from None
    except smtplib.SMTPNotSupportedError:
        raise Undeliverable("the server takes no such address") from None
    except smtplib.SMTPResponseException as error:
        raise NotNow(f"server {error.smtp_code}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise NotNow(type(error).__name__) from None


def message_of(mail: OutboxMail, settings: Settings) -> EmailMessage:
    """The mail as a message: text and HTML side by side, its files, and the headers of automatic mail."""
    message = EmailMessage(policy=POLICY)
    message["Subject"] = mail.subject
    message["From"] = Address(t.plain("site.name", lang=mail.language), addr_spec=settings.mail_from)
    message["To"] = Address(mail.name, addr_spec=mail.to)
    if settings.contact_email:
        message["Reply-To"] = settings.contact_email
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for one in mail.attachments:
        _attach(message, one)
    message["Content-Language"] = mail.language  # Last: making the message multipart moves such headers into its part.
    return message


def _attach(message: EmailMessage, one: dict[str, str]) -> None:
    content = base64.b64decode(one["content"])
    kind, *rest = [part.strip() for part in one["media_type"].split(";")]
    parameters = dict(part.split("=", 1) for part in rest if "=" in part)
    main, sub = kind.split("/", 1)
    message.add_attachment(content, maintype=main, subtype=sub, filename=one["filename"], params=parameters)


def _server(url: str) -> smtplib.SMTP:
    """A connection as the setting says: `smtp://`, `smtp+starttls://` or `smtps://`, with user and password in it."""
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port or PORTS[parts.scheme]
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    try:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _into_folder(message: EmailMessage, folder: Path, mail_id: str) -> None:
    """Write the mail whole under its id: a second delivery writes the same file again."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(message.as_bytes())
    os.replace(temporary, folder / f"{mail_id}.eml")
