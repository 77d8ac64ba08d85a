"""How gunicorn serves Liqaa: two processes of 32 threads, forked from one that has loaded everything.

gunicorn -c tools/gunicorn.conf.py wsgi:app
"""

import contextlib
import ctypes
import gc
import os
import sys

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "32"))
worker_class = "gthread"
preload_app = True
timeout = 120
graceful_timeout = 8  # Event streams do not end by themselves; their readers come back with what they saw last.
keepalive = 15
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True
accesslog = None  # Addresses may be somebody's link: the app logs the endpoint instead.
loglevel = "warning"


def _share_heaps():
    """Let the threads of a process share two heaps: with one each, what a burst freed stays with the process."""
    with contextlib.suppress(OSError, AttributeError):  # Only glibc has it.
        ctypes.CDLL(None).mallopt(-8, 2)


_share_heaps()


def on_starting(server):
    """Refuse to serve with a database that is missing, damaged, older or newer, in one plain sentence.

    Under `make run` what is missing is made first, and the people one can be are written where it asked for them.
    """
    from app import schema  # noqa: PLC0415  # The settings are read before the app is on the path.
    from app.kernel.database import db  # noqa: PLC0415
    from tools.warm import warm  # noqa: PLC0415

    app = server.app.wsgi()
    with app.app_context():
        try:
            if people := os.environ.get("LIQAA_PREPARE"):
                from tools.prepare import prepare  # noqa: PLC0415

                with open(people, "w", encoding="utf-8") as file:
                    file.write(prepare(app))
            schema.check()
        except schema.SchemaError as error:
            print(error, file=sys.stderr, flush=True)
            sys.exit(1)
        finally:
            db.session.remove()
    warm(app)
    with app.app_context():
        db.engine.dispose()  # No connection may cross the fork.
    gc.collect()
    gc.freeze()  # What was loaded stays shared between the processes.


def post_worker_init(worker):
    """Let event streams end when their process is asked to stop."""
    worker.app.wsgi().extensions["liqaa-alive"] = lambda: worker.alive
