"""What can be done with a commitment, one verb a function."""

from app.followup.actions.body import Answer, Proof, block, report, respond, unblock
from app.followup.actions.extending import ask_extension, decide_extension
from app.followup.actions.opening import generalise, open_commitments, target_communes
from app.followup.actions.tasks import Plan, plan, publish_task, remark, set_milestone, set_task_state
from app.followup.actions.unit import end, reopen, send_back, verify

__all__ = [
    "Answer", "Plan", "Proof", "ask_extension", "block", "decide_extension", "end", "generalise", "open_commitments",
    "plan", "publish_task", "remark", "reopen", "report", "respond", "send_back", "set_milestone", "set_task_state",
    "target_communes", "unblock", "verify",
]  # fmt: skip
