"""The shape of what the plenary's secretary types."""

from __future__ import annotations

from wtforms import IntegerField, RadioField
from wtforms.validators import NumberRange, Optional

from app.kernel.forms import Form, Lines, Longest, options
from app.kernel.languages import t
from app.plenary.actions import Choice, Vote
from app.plenary.states import Mode, Outcome

COUNT = [Optional(), NumberRange(min=0, max=100_000)]


class AmendForm(Form):
    """The wording under discussion in the two languages of the wall."""

    text_ar = Lines(t.lazy("plenary.text_shown"), [Longest(4000)])
    text_fr = Lines(t.lazy("plenary.text_fr"), [Longest(4000)])

    def texts(self) -> dict[str, str]:
        """By language, only those that the page showed."""
        return {
            lang: field.data or "" for lang, field in (("ar", self.text_ar), ("fr", self.text_fr)) if field.raw_data
        }


class DecisionForm(AmendForm):
    """What the chair announced."""

    outcome = RadioField(t.lazy("plenary.decision"), choices=options([(str(one), str(one)) for one in Outcome]))
    mode = RadioField(
        t.lazy("plenary.mode"),
        choices=options([("consensus", t.lazy("plenary.consensus")), ("hands", t.lazy("plenary.hands"))]),
        default="consensus",
    )
    votes_for = IntegerField(t.lazy("plenary.for"), COUNT)
    votes_against = IntegerField(t.lazy("plenary.against"), COUNT)
    abstentions = IntegerField(t.lazy("plenary.abstain"), COUNT)
    present = IntegerField(t.lazy("plenary.present"), COUNT)
    reason = Lines(t.lazy("plenary.reason"), [Longest(2000)])

    def choice(self) -> Choice:
        """The decision as the action takes it."""
        vote = Vote(
            self.votes_for.data or 0, self.votes_against.data or 0, self.abstentions.data or 0, self.present.data
        )
        return Choice(
            Outcome(self.outcome.data), Mode(self.mode.data), vote, self.texts(), self.reason.data or ""
        )  # fmt: skip


class TimerForm(Form):
    """Minutes on the wall's timer; 0 takes it off."""

    minutes = IntegerField(t.lazy("plenary.timer.minutes"), [NumberRange(min=0, max=240)], default=20)
