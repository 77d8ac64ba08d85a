"""Liqaa: a communication meeting from the invitation of a commune to the verified completion of its recommendations."""

from __future__ import annotations

import gc

from werkzeug.middleware.proxy_fix import ProxyFix

from app.answers import init_answers
from app.kernel import clock, database, languages
from app.kernel.transaction import LiqaaFlask
from app.logs import init_logs
from app.wiring import connect
from config import Settings, load_settings

# Requests and imports make and drop many small objects at once: looked through less often, an import of ten thousand
# rows costs a quarter less.
COLLECTED = (20_000, 10, 10)


def create_app(settings: Settings | None = None) -> LiqaaFlask:
    """The application for these settings (the environment's by default), ready to serve.

    Raises `ConfigError` or `ClockError` with one plain sentence when it must not start.
    """
    settings = settings or load_settings()
    clock.check_zones()
    app = LiqaaFlask(__name__, static_folder="static/dist", static_url_path="/static")
    init_logs(app, settings)
    init_answers(app, settings)
    database.init_app(app, settings.database_url)
    languages.init_app(app)
    connect(app)
    if settings.proxies:  # For whom they ask; host and scheme of links are BASE_URL's, whatever a proxy says.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    if not settings.testing:
        gc.set_threshold(*COLLECTED)
    return app
