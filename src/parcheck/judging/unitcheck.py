# SPDX-License-Identifier: Apache-2.0
"""Checks that hold the units of one run against each other, and against what they handed in for an earlier period.

They look at verdicts, one by one, after all units were judged: a run that was killed and goes on, or whose units come
in another order, ends with the same findings.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from parcheck.judging.on_demand import OnDemand
from parcheck.model import Finding, SubmissionResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parcheck.judging.coding import Coder
    from parcheck.plugins import Answer
    from parcheck.reporting.former import FormerReport

HOOK = "parcheck_unitchecks"
Finish = Callable[[SubmissionResult], SubmissionResult]
"""What is done to a verdict last, when it is loaded."""


class Comparison(Protocol):
    """What one check has seen in one run; thrown away after it. Keeps what it must of each unit, never the verdict."""

    def look(self, number: int, submission: SubmissionResult) -> None:
        """Take in one unit. `number` is its place in the run, from 0: two units may have one name or folder name."""
        ...

    def findings(self) -> Iterable[tuple[int, Finding]]:
        """Yield (number of the unit, finding), once, after all units were looked at.

        `Finding.document` names a document of that unit. What is found must not depend on the order of the units.
        """
        ...


@runtime_checkable
class UnitCheck(Protocol):
    """Holds units against each other. Stateless itself; runs in the caller's process."""

    name: str
    """Unique, for messages."""
    codes: tuple[str, ...]
    """Finding codes it can raise. They are said beside the verdict of a unit and change no outcome."""
    needs: frozenset[str]
    """Facts it looks at; they are read of every file of a run over units, even when no rule names them."""

    def begin(self, former: FormerReport | None) -> Comparison:
        """Begin one run; `former` is the report of an earlier period, where one is given."""
        ...


@dataclass(slots=True)
class Compared:
    """What comparing the units of a run gave."""

    findings: Mapping[int, tuple[Finding, ...]] = field(default_factory=dict)
    """By number of the unit."""

    def added(self, results: Sequence[SubmissionResult], finish: Finish | None = None) -> Sequence[SubmissionResult]:
        """Return the verdicts with what was found added to each, and `finish` done to it, when it is asked for."""
        if not self.findings and finish is None:
            return results

        def get(number: int) -> SubmissionResult:
            result = results[number]
            if found := self.findings.get(number):
                result = dataclasses.replace(result, findings=(*result.findings, *found))
            return finish(result) if finish is not None else result

        return OnDemand(get, range(len(results)))


def compare_units(
    results: Sequence[SubmissionResult],
    checks: Iterable[UnitCheck],
    coder: Coder,
    former: FormerReport | None = None,
    failed: Iterable[Answer] = (),
) -> Compared:
    """Hold the units of a run against each other, in one pass over their verdicts.

    A check that fails costs what it would have found, and that is said of every unit: none may pass for compared.

    Args:
        results: all verdicts of the run; each is loaded once.
        checks: the checks.
        coder: makes findings.
        former: the report of an earlier period.
        failed: plugins whose checks could not be had.
    """
    broken = [answer.plugin for answer in failed]
    begun: list[tuple[UnitCheck, Comparison]] = []
    for check in checks:
        try:
            begun.append((check, check.begin(former)))
        except (Exception, SystemExit):  # noqa: BLE001 - one check's failure costs that check, and is said
            broken.append(check.name)
    if begun:
        for number, result in enumerate(results):
            standing = []
            for check, comparison in begun:
                try:
                    comparison.look(number, result)
                except (Exception, SystemExit):  # noqa: BLE001
                    broken.append(check.name)
                else:
                    standing.append((check, comparison))
            begun = standing
    found: dict[int, list[Finding]] = defaultdict(list)
    for check, comparison in begun:
        try:
            given = [(number, _finding(finding)) for number, finding in comparison.findings()]
            if any(number not in range(len(results)) for number, _ in given):
                raise IndexError(check.name)  # noqa: TRY301 - handled as any other failure of this check
        except (Exception, SystemExit):  # noqa: BLE001
            broken.append(check.name)
            continue
        for number, finding in given:
            found[number].append(finding)
    said = [coder.say("plugin-failed", plugin=name, hook=HOOK) for name in broken]
    for number in range(len(results)) if said else ():
        found[number] += said
    return Compared({number: tuple(findings) for number, findings in found.items()})


def _finding(value: object) -> Finding:
    if not isinstance(value, Finding):
        raise TypeError(f"{value!r:.40} is no finding")
    return value
