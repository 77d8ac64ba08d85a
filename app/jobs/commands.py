"""`flask jobs`: the process that does the work, and what it has before it."""

from __future__ import annotations

import json

import click

from app import schema
from app.command_line import Commands, or_refuse
from app.jobs import actions, queries
from app.jobs.mail import queue_mail
from app.jobs.worker import Worker
from app.kernel.clock import current_clock
from app.kernel.transaction import transaction

commands = Commands("jobs", help="Run the work that follows commits (mails, solver, documents), and look at it.")


@commands.command("run")
@click.option("--once", is_flag=True, help="Do one job that is due, then end.")
@click.option("--drain", is_flag=True, help="Do everything that is due now, then end.")
def run(once: bool, drain: bool) -> None:
    """Do jobs until told to stop (SIGTERM or Ctrl-C finishes the one at hand first)."""
    or_refuse(schema.check)
    worker = Worker()
    if once:
        worker.run_one()
    elif drain:
        worker.queue_periods()
        click.echo(f"{worker.drain()} jobs done.")
    else:
        worker.run_forever()


@commands.command("list")
@click.option("--state", type=click.Choice(["waiting", "running", "done", "failed"]), help="Only these.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def list_jobs(state: str | None, as_json: bool) -> None:
    """Show how many jobs and mails are in each state, and the latest jobs."""
    with transaction(writes=False):
        summary = {"jobs": queries.counts(), "mails": queries.mail_counts()}
        rows = [
            {"id": job.id, "kind": job.kind, "state": job.state, "attempts": job.attempts, "progress": job.progress,
             "run_at": job.run_at.isoformat(), "error": job.error}
            for job in queries.recent_jobs(state)
        ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(summary | {"latest": rows}))
        return
    for name, counts in summary.items():
        click.echo(f"{name}: " + (", ".join(f"{number} {one}" for one, number in sorted(counts.items())) or "none"))
    for row in rows:
        click.echo(f"{row['id']}  {row['state']:8} {row['kind']:28} {row['attempts']} tries  {row['error']}".rstrip())


@commands.command("retry")
@click.argument("job_id", required=False)
def retry(job_id: str | None) -> None:
    """Queue failed jobs again: the one named, or all."""
    with transaction():
        number = actions.retry(current_clock().real_now(), job_id)
    click.echo(f"{number} jobs queued again.")


@commands.command("mail-trial")
@click.argument("address")
@click.option("--language", default="ar", type=click.Choice(["ar", "fr", "en"]), help="Of the mail.")
def mail_trial(address: str, language: str) -> None:
    """Queue a mail to ADDRESS, to see whether mail leaves and arrives."""
    with transaction():
        queue_mail(to=address, name="", template="jobs/trial", language=language, values={}, clock=current_clock(),
                   subject_key="mail.trial.subject")  # fmt: skip
    click.echo("Queued. `flask jobs list` shows what becomes of it.")
