"""The settings of an installation: typed, read from the environment here and nowhere else.

A wrong value refuses the start with one plain sentence (`ConfigError`), never with a traceback later.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROOT = Path(__file__).resolve().parent


class ConfigError(Exception):
    """A setting that the installation cannot start with; its text is for the administrator."""


@dataclass(frozen=True)
class Settings:
    """All settings of one installation; sizes in bytes, durations in seconds unless the name says otherwise."""

    database_url: str
    secret_key: str
    data_dir: Path
    base_url: str
    instance: str
    trusted_hosts: tuple[str, ...]
    allow_http: bool = False
    demo: bool = False
    testing: bool = False
    zone: str = "Africa/Casablanca"
    mail_from: str = "liqaa@localhost"
    smtp_url: str = ""
    storage_url: str = ""
    max_request: int = 16 * 1024 * 1024
    max_upload: int = 12 * 1024 * 1024
    organisation_ar: str = "المديرية العامة للجماعات الترابية"
    organisation_fr: str = "Direction générale des collectivités territoriales"
    organisation_en: str = "Directorate General of Territorial Collectivities"
    contact_email: str = ""
    session_days: int = 7
    log_level: str = "INFO"
    streams_per_process: int = 24
    proxies: int = 0
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def secure(self) -> bool:
        """Whether cookies may be marked Secure: on https, and on loopback where browsers keep them."""
        parts = urlsplit(self.base_url)
        return parts.scheme == "https" or (parts.hostname or "") in LOOPBACK

    @property
    def sqlite_path(self) -> Path | None:
        """The file of the database, or None when the engine is PostgreSQL."""
        if not self.database_url.startswith("sqlite:"):
            return None
        return Path(self.database_url.removeprefix("sqlite:///"))

    @property
    def mail_folder(self) -> Path:
        """Where mails land as files when no SMTP server is set."""
        return self.data_dir / "mail"

    @property
    def uploads_folder(self) -> Path:
        return self.data_dir / "uploads"

    @property
    def backups_folder(self) -> Path:
        return self.data_dir / "backups"


LOOPBACK = ("127.0.0.1", "localhost", "::1")


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process, from `environ` (the process's own by default).

    Raises `ConfigError` with a sentence that names the variable and what it should hold.
    """
    env = os.environ if environ is None else environ
    port = _number(env, "PORT", 8000, 1, 65535)
    # One folder a port: two installations side by side share nothing.
    data_dir = Path(env.get("DATA_DIR") or ROOT / "instance" / f"p{port}").expanduser().absolute()
    base_url = (env.get("BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    host = _host(base_url)
    settings = Settings(
        database_url=_database_url(env, data_dir),
        secret_key=_secret_key(env, data_dir),
        data_dir=data_dir,
        base_url=base_url,
        instance=_instance(env, port),
        trusted_hosts=_trusted_hosts(env, host),
        allow_http=_flag(env, "ALLOW_HTTP"),
        demo=_flag(env, "DEMO"),
        zone=_zone(env),
        mail_from=env.get("MAIL_FROM") or f"liqaa@{host}",
        smtp_url=_url(env, "SMTP_URL", ("smtp", "smtps", "smtp+starttls")),
        storage_url=_url(env, "STORAGE_URL", ("s3",)),
        max_request=_number(env, "MAX_REQUEST_MB", 16, 1, 512) * 1024 * 1024,
        max_upload=_number(env, "MAX_UPLOAD_MB", 12, 1, 512) * 1024 * 1024,
        organisation_ar=env.get("ORGANISATION_AR") or Settings.organisation_ar,
        organisation_fr=env.get("ORGANISATION_FR") or Settings.organisation_fr,
        organisation_en=env.get("ORGANISATION_EN") or Settings.organisation_en,
        contact_email=env.get("CONTACT_EMAIL") or "",
        session_days=_number(env, "SESSION_DAYS", 7, 1, 90),
        log_level=(env.get("LOG_LEVEL") or "INFO").upper(),
        streams_per_process=_number(env, "STREAMS_PER_PROCESS", 24, 1, 1000),
        proxies=_number(env, "PROXIES", 0, 0, 9),
    )
    if not settings.secure and not settings.allow_http:
        raise ConfigError(
            f"BASE_URL is {base_url}: browsers drop the sign-in cookie on plain http outside this machine. "
            "Use https, or set ALLOW_HTTP=1 on a closed network."
        )
    return settings


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdigit() or not low <= int(text) <= high:
        raise ConfigError(f"{name} is {text!r}: it must be a whole number from {low} to {high}.")
    return int(text)


def _flag(env: Mapping[str, str], name: str) -> bool:
    text = (env.get(name) or "0").lower()
    if text not in {"0", "1", "true", "false", "yes", "no"}:
        raise ConfigError(f"{name} is {text!r}: it must be 1 or 0.")
    return text in {"1", "true", "yes"}


def _url(env: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str:
    text = env.get(name) or ""
    if text and (urlsplit(text).scheme not in schemes or not urlsplit(text).hostname):
        raise ConfigError(f"{name} must begin with {' or '.join(s + '://' for s in schemes)} and name a host.")
    return text


def _host(base_url: str) -> str:
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ConfigError(f"BASE_URL is {base_url!r}: it must look like https://liqaa.example, without a path.")
    return parts.hostname


def _trusted_hosts(env: Mapping[str, str], host: str) -> tuple[str, ...]:
    named = [part.strip() for part in (env.get("TRUSTED_HOSTS") or "").split(",") if part.strip()]
    return tuple(named or ([*LOOPBACK[:2], "[::1]"] if host in LOOPBACK else [host]))


def _zone(env: Mapping[str, str]) -> str:
    name = env.get("ZONE") or "Africa/Casablanca"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(
            f"ZONE is {name!r}: it must be a zone of the tz database, such as Africa/Casablanca."
        ) from error
    return name


def _instance(env: Mapping[str, str], port: int) -> str:
    name = env.get("INSTANCE") or f"p{port}"
    if not re.fullmatch(r"[a-z0-9]{1,20}", name):
        raise ConfigError("INSTANCE must be 1 to 20 small letters and digits: cookies carry it.")
    return name


def _database_url(env: Mapping[str, str], data_dir: Path) -> str:
    url = env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'liqaa.sqlite3'}"
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith(("sqlite:////", "postgresql+psycopg://")):
        raise ConfigError(
            "DATABASE_URL must begin with postgresql:// or with sqlite://// followed by the full path of the file."
        )
    return url


def _secret_key(env: Mapping[str, str], data_dir: Path) -> str:
    """The key of the installation: from the environment, else made once and kept beside the data."""
    if key := env.get("SECRET_KEY"):
        if len(key) < 32:
            raise ConfigError("SECRET_KEY is too short: give at least 32 characters.")
        return key
    place = data_dir / "secret.key"
    try:
        if not place.exists():
            data_dir.mkdir(parents=True, exist_ok=True)
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
        return place.read_text(encoding="ascii").strip()
    except FileExistsError:  # Another process of the same start made it first.
        return place.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ConfigError(f"The key of the installation cannot be kept in {place}: {error.strerror}.") from error
