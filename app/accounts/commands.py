"""Commands about accounts."""

from __future__ import annotations

import getpass
import json
import os
import sys

import click

from app.accounts import actions, passwords
from app.command_line import Commands
from app.kernel.access import SYSTEM
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.languages import speaking, t
from app.kernel.transaction import transaction

commands = Commands("accounts", help="People who sign in.")


@commands.command("create-admin")
@click.argument("email")
@click.option("--name", default="Administrator", help="The name shown to others.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def create_admin(email: str, name: str, as_json: bool) -> None:
    """Make an administrator; the password is asked for, or taken from ADMIN_PASSWORD."""
    password = os.environ.get("ADMIN_PASSWORD") or getpass.getpass("Password (12 characters or more): ")
    hashed = passwords.make_hash(password)
    try:
        actions.require_strong(password, email)
        with transaction():
            clock = current_clock()
            account = actions.create_account(email=email, name=name, password_hash=hashed, actor=SYSTEM, clock=clock)
            actions.grant_role(account=account, role="administrator", scope_id=None, actor=SYSTEM, clock=clock)
            ident = account.id
    except Refusal as refusal:
        with speaking("en"):
            click.echo(t(refusal.key, **refusal.params), err=True)
        sys.exit(1)
    click.echo(json.dumps({"id": ident, "email": email}) if as_json else f"{email} is an administrator.")
