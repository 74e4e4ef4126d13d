# SPDX-License-Identifier: Apache-2.0
"""JSON Schema in three values: a rule holds, fails, or cannot be decided because a fact is unknown.

The jsonschema library does the work. Unknown facts stand in the instance as `UnknownValue`; every keyword that meets
one yields an error marked undecided, and the keywords that combine (`anyOf`, `not`, `if` …) weigh those by Kleene's
logic: "or" holds if one branch holds, whatever the others; "not" of undecided is undecided.
"""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from jsonschema import Draft202012Validator, ValidationError, validators

from parcheck.judging.vocabulary import SILENT, Context, Failure, Undecided, Vocabulary
from parcheck.model import Reason, Source
from parcheck.rules.patterns import compiled
from parcheck.rules.statics import facts_named

if TYPE_CHECKING:
    from parcheck.model import Reading

OCR_CONFIDENCE = 0.9
"""Below it, a value read by OCR never makes a rule fail (design, section 3)."""
OCR_DIGITS = frozenset({"symbol", "number", "issued_on", "figures"})
"""Facts made of digits: OCR misreads digits silently, also at high confidence (1 to 4 % of digit groups measured)."""

_T = TypeVar("_T")
_COMBINING = ("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "not", "if")
_CONTEXT: contextvars.ContextVar[Context] = contextvars.ContextVar("parcheck_context")

_KeywordFunction = Callable[[Any, Any, Any, Any], Iterable[ValidationError] | None]


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """Stands in an instance for a fact that could not be read."""

    fact: str
    reason: Reason


class Mismatch(ValidationError):
    """An error of a keyword of the vocabulary, with its failure."""

    failure: Failure | None = None


class UndecidedError(ValidationError):
    """Not an error: the keyword could not be decided."""

    undecided: Undecided


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one schema over one reading."""

    failures: tuple[ValidationError, ...] = ()
    """Leaf errors that are definite."""
    undecided: tuple[Undecided, ...] = ()

    @property
    def holds(self) -> bool | None:
        """True, False, or None when undecided."""
        if self.failures:
            return False
        return None if self.undecided else True


class Evaluator:
    """Evaluates the schemas of one pack. Build once, use for every document."""

    def __init__(self, vocabulary: Vocabulary, defs: Mapping[str, Any]) -> None:
        functions: dict[str, Any] = {
            name: function if name in _COMBINING else _guard(function)
            for name, function in Draft202012Validator.VALIDATORS.items()
        }
        functions |= {"required": _required, "anyOf": _any_of, "oneOf": _one_of, "not": _not, "if": _if}
        functions |= {"properties": _properties, "contains": _contains, "pattern": _guard(_pattern)}
        for name in vocabulary.keywords:
            functions[name] = _guard(_keyword(vocabulary, name))
        self._validator: Any = validators.extend(Draft202012Validator, functions)  # type: ignore[no-untyped-call]
        self._vocabulary = vocabulary
        self._defs = defs

    def valid(self, schema: Any, context: Context) -> Verdict:
        """Hold one document against what makes it valid: what its citation is silent on counts neither way.

        A citation states a few facts; whether the document is signed, or a draft, nobody has seen. That must not make
        every cited document doubtful, and it proves nothing either.
        """
        verdict = self.evaluate(schema, context)
        heard = tuple(each for each in verdict.undecided if each.reason.code != SILENT.code)
        return Verdict(verdict.failures, heard)

    def evaluate(self, schema: Any, context: Context) -> Verdict:
        """Hold one document against a schema; templates must be filled."""
        if schema is True:
            return Verdict()
        root = {**schema, "$defs": self._defs} if isinstance(schema, Mapping) else schema
        instance = instance_of(context.reading)
        verdict = self._verdict(root, instance, context)
        if verdict.failures and (doubtful := _doubtful(context.reading)):
            # What a misread value may have made fail is not decided: hold the rule against the rest.
            return self._verdict(root, instance | doubtful, context)
        return verdict

    def _verdict(self, root: Any, instance: Mapping[str, Any], context: Context) -> Verdict:
        token = _CONTEXT.set(context)
        try:
            errors = list(self._validator(root).iter_errors(instance))
        finally:
            _CONTEXT.reset(token)
        failures: list[ValidationError] = []
        undecided: list[Undecided] = []
        for error in _leaves(errors):
            if isinstance(error, UndecidedError):
                undecided.append(Undecided(error.undecided.reason, error.undecided.fact or fact_of(error)))
            else:
                failures.append(error)
        return Verdict(tuple(failures), tuple(unique(undecided)))

    def facts_named(self, schema: Any) -> frozenset[str]:
        """Return the facts that a schema over a document names."""
        return facts_named(schema, self._defs, self._vocabulary)


def unique(values: Iterable[_T]) -> list[_T]:
    """Return the values without repeats, in order; they need not be hashable."""
    kept: list[_T] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept


def instance_of(reading: Reading) -> dict[str, Any]:
    """Return the facts as a JSON Schema instance: absent facts left out, unknown ones as `UnknownValue`."""
    instance: dict[str, Any] = {name: _present(value) for name, value in reading.facts.items() if value is not None}
    for name, reason in reading.unknown.items():
        instance[name] = UnknownValue(name, reason)
    return instance


def _present(value: Any) -> Any:
    """Drop nulls inside a fact: a signer without a title has no title."""
    if isinstance(value, Mapping):
        return {key: _present(item) for key, item in value.items() if item is not None}
    return value


def fact_of(error: ValidationError) -> str | None:
    """Return the fact that a leaf error is about."""
    failure = getattr(error, "failure", None)
    if failure is not None and failure.fact:
        return str(failure.fact)
    if error.absolute_path:
        return str(error.absolute_path[0])
    if error.validator == "required":
        return str(getattr(error, "missing", None))
    return None


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Yield the errors that say something: for "any of", those of the branch that comes nearest."""
    for error in errors:
        if error.validator in ("anyOf", "oneOf") and error.context:
            branches: dict[Any, list[ValidationError]] = {}
            for child in error.context:
                branches.setdefault(next(iter(child.schema_path), None), []).append(child)
            yield from _leaves(min(branches.values(), key=lambda b: sum(not isinstance(e, UndecidedError) for e in b)))
        else:
            yield error


def _doubtful(reading: Reading) -> dict[str, UnknownValue]:
    """Return the facts read by OCR that no failure may rest on, as unknown."""
    return {
        name: UnknownValue(name, Reason("low-confidence"))
        for name, place in reading.where.items()
        if place.source is Source.OCR
        and (name in OCR_DIGITS or place.confidence is None or place.confidence < OCR_CONFIDENCE)
    }


def _undecided(reason: Reason, fact: str | None) -> UndecidedError:
    error = UndecidedError(reason.code)
    error.undecided = Undecided(reason, fact)
    return error


def _guard(function: Any) -> _KeywordFunction:
    def check(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        if isinstance(instance, UnknownValue):
            yield _undecided(instance.reason, instance.fact)
        else:
            yield from function(validator, value, instance, schema) or ()

    return check


_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "number": (int, float),
    "object": dict,
    "array": list,
    "document": dict,
}


def _keyword(vocabulary: Vocabulary, name: str) -> _KeywordFunction:
    keyword = vocabulary.keywords[name]
    kind = _TYPES[keyword.applies_to]

    def check(_validator: Any, value: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
        if not isinstance(instance, kind):
            return
        try:
            results = list(keyword.check(instance, value, _CONTEXT.get()))
        except Exception:  # noqa: BLE001 - a keyword that fails decides nothing
            results = [Undecided(Reason("plugin-failed", {"plugin": name}))]
        for result in results:
            if isinstance(result, Undecided):
                yield _undecided(result.reason, result.fact)
            else:
                error = Mismatch(result.code)
                error.failure = result
                yield error

    return check


def _required(_validator: Any, names: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, UnknownValue):
        yield _undecided(instance.reason, instance.fact)
    elif isinstance(instance, dict):
        for name in names:
            if name not in instance:
                error = Mismatch(f"{name} is required")
                error.missing = name  # type: ignore[attr-defined]
                yield error
            elif isinstance(instance[name], UnknownValue):
                yield _undecided(instance[name].reason, name)


def _properties(validator: Any, properties: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """An unknown fact may turn out to be absent, and then nothing below its name is asked of it."""
    if isinstance(instance, UnknownValue):
        yield _undecided(instance.reason, instance.fact)
    elif isinstance(instance, dict):
        for name in (name for name in properties if name in instance):
            value = instance[name]
            for error in validator.descend(value, properties[name], path=name, schema_path=name):
                if properties[name] is False:
                    error.path.appendleft(name)  # jsonschema leaves it out there
                yield _undecided(value.reason, value.fact) if isinstance(value, UnknownValue) else error


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if not isinstance(instance, str):
        return
    try:
        found = compiled(pattern).search(instance)
    except ValueError:  # a template may have filled in what makes it no pattern
        yield _undecided(Reason("plugin-failed", {"plugin": "pattern"}), None)
        return
    if not found:
        yield ValidationError("does not fit the pattern")


def _contains(validator: Any, wanted: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, UnknownValue):
        yield _undecided(instance.reason, instance.fact)
    elif isinstance(instance, list):
        results = [list(validator.descend(item, wanted)) for item in instance]
        sure = sum(not errors for errors in results)
        possible = sum(not _definite(errors) for errors in results)
        least, most = schema.get("minContains", 1), schema.get("maxContains", len(instance))
        if possible < least or sure > most:
            yield ValidationError("too few or too many entries fit")
        elif sure < least or possible > most:
            yield from (error for errors in results if not _definite(errors) for error in errors)


def _definite(errors: list[ValidationError]) -> bool:
    return any(not isinstance(error, UndecidedError) for error in errors)


def _any_of(validator: Any, branches: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    everything: list[ValidationError] = []
    open_branches: list[ValidationError] = []
    for index, branch in enumerate(branches):
        errors = list(validator.descend(instance, branch, schema_path=index))
        if not errors:
            return
        everything += errors
        if not _definite(errors):
            open_branches += errors
    if open_branches:
        yield from open_branches
    else:
        yield ValidationError("no branch holds", context=everything)


def _one_of(validator: Any, branches: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    results = [list(validator.descend(instance, branch, schema_path=i)) for i, branch in enumerate(branches)]
    holding = sum(not errors for errors in results)
    open_branches = [error for errors in results if errors and not _definite(errors) for error in errors]
    if holding > 1:
        yield ValidationError("more than one branch holds")
    elif open_branches:
        yield from open_branches
    elif not holding:
        yield ValidationError("no branch holds", context=[error for errors in results for error in errors])


def _not(validator: Any, schema_: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    errors = list(validator.descend(instance, schema_))
    if not errors:
        yield ValidationError("must not hold")
    elif not _definite(errors):
        yield from errors


def _if(validator: Any, condition: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    errors = list(validator.descend(instance, condition))
    then = schema.get("then", True)
    other = schema.get("else", True)
    if not errors:
        yield from validator.descend(instance, then, schema_path="then")
    elif _definite(errors):
        yield from validator.descend(instance, other, schema_path="else")
    elif list(validator.descend(instance, then)) or list(validator.descend(instance, other)):
        yield from errors
