"""Why nothing is possible: an irreducible set of rules, found by leaving rules out and asking again."""

from __future__ import annotations

import numpy as np

from app.workshops.solver.engine import Budget, solve_whole
from app.workshops.solver.instance import Instance, family
from app.workshops.solver.model import build
from app.workshops.solver.reading import Conflict


class _OutOfTime(Exception):
    pass


def conflict(instance: Instance, budget: Budget) -> Conflict:
    """One set of rules that cannot hold together, though they can as soon as any one of them is dropped.

    Whole families (`locked`, `min`, ...) are left out first, then halves of what remains, then single rules. When the
    time ends before every rule was tried, the set still contradicts itself but may be too large; the message says so.
    """
    search = _Search(instance, budget)
    named = instance.rules()
    try:
        for kind in sorted({family(rule) for rule in named}):
            without = [rule for rule in named if family(rule) != kind]
            if not search.possible(without):
                named = without
        named = search.shrink([], named, known=False)
    except _OutOfTime:
        return {"rules": named, "message": f"{_sentence(named)} The time ended before the set could be made smaller."}
    return {"rules": named, "message": _sentence(named)}


class _Search:
    def __init__(self, instance: Instance, budget: Budget) -> None:
        self.instance = instance
        self.budget = budget

    def possible(self, rules: list[str]) -> bool:
        if self.budget.left <= 0:
            raise _OutOfTime
        region = build(self.instance.keeping(rules)).region
        outcome = solve_whole(region, np.zeros(len(region.lower)), self.budget.left, 0)
        if outcome.values is None and not outcome.infeasible:
            raise _OutOfTime
        return not outcome.infeasible

    def shrink(self, kept: list[str], rules: list[str], *, known: bool) -> list[str]:
        """The part of `rules` that is needed, beside `kept`, to make a contradiction (QuickXplain, Junker 2004).

        `known` says that `kept` grew since it was last asked about, so it may be enough by itself now.
        """
        if known and not self.possible(kept):
            return []
        if len(rules) <= 1:
            return rules
        half = len(rules) // 2
        first, second = rules[:half], rules[half:]
        from_second = self.shrink([*kept, *first], second, known=True)
        from_first = self.shrink([*kept, *from_second], first, known=bool(from_second))
        return [*from_first, *from_second]


def _sentence(rules: list[str]) -> str:
    if not rules:
        return "No assignment is possible."
    if len(rules) == 1:
        return f"No assignment can keep {rules[0]}."
    return f"No assignment can keep all of these at once: {', '.join(rules)}."
