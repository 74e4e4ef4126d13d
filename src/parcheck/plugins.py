# SPDX-License-Identifier: Apache-2.0
"""Finding plugins, blocking them, and calling each implementation on its own.

pluggy stops a hook call at the first exception and loses the answers of the others (pluggy#419), so every
implementation is called separately here and an exception becomes a value.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pluggy

from parcheck import hookspecs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENTRY_POINTS = hookspecs.PROJECT
BLOCK_VARIABLE = "PARCHECK_BLOCK"
"""Environment variable: names of plugins to leave out, separated by commas."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one implementation of a hook gave: a value, or the exception it raised."""

    plugin: str
    value: Any = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """One plugin, as `parcheck plugins` lists it."""

    name: str
    module: str
    distribution: str | None
    version: str | None
    hooks: tuple[str, ...]
    blocked: bool = False
    error: str | None = None
    """Why it could not be loaded."""


@dataclass(frozen=True, slots=True)
class PluginChoice:
    """Which plugins to use: all a worker process needs to build the same manager again."""

    blocked: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    """Import names of modules to use beside those found by entry points."""

    @classmethod
    def from_environment(cls, blocked: Sequence[str] = (), extra: Sequence[str] = ()) -> PluginChoice:
        """Add the names in `PARCHECK_BLOCK` to those given."""
        named = [name.strip() for name in os.environ.get(BLOCK_VARIABLE, "").split(",")]
        return cls(tuple(sorted({*blocked, *filter(None, named)})), tuple(extra))


class Plugins:
    """The plugins in use. Cheap to build; not shared between processes."""

    def __init__(self, choice: PluginChoice | None = None) -> None:
        self.choice = choice or PluginChoice.from_environment()
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        self._infos: dict[str, PluginInfo] = {}
        self._distributions: dict[importlib.metadata.Distribution, tuple[str, str]] = {}
        """Name and version of each: the library reads its files anew for either, and one offers many plugins."""
        for entry in sorted(importlib.metadata.entry_points(group=ENTRY_POINTS), key=lambda e: e.name):
            self._load(entry.name, entry.value, entry)
        for module in self.choice.extra:
            self._load(module, module, None)

    def _load(self, name: str, module: str, entry: importlib.metadata.EntryPoint | None) -> None:
        distribution, version = self._offered_by(entry.dist if entry else None)
        info = PluginInfo(name, module, distribution, version, ())
        if name in self.choice.blocked:
            self._infos[name] = _with(info, blocked=True)
            return
        try:
            plugin = entry.load() if entry else importlib.import_module(module)
            self._manager.register(plugin, name)
            self._manager.check_pending()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin that cannot be imported costs itself only
            if self._manager.has_plugin(name):
                self._manager.unregister(name=name)
            self._infos[name] = _with(info, error=f"{type(error).__name__}: {error}")
            return
        hooks = tuple(sorted(caller.name for caller in self._manager.get_hookcallers(plugin) or ()))
        self._infos[name] = _with(info, hooks=hooks)

    def _offered_by(self, distribution: importlib.metadata.Distribution | None) -> tuple[str, str] | tuple[None, None]:
        if distribution is None:
            return None, None
        if distribution not in self._distributions:
            self._distributions[distribution] = distribution.name, distribution.version
        return self._distributions[distribution]

    def __iter__(self) -> Iterator[PluginInfo]:
        return iter(self._infos.values())

    def call(self, hook: str, **arguments: Any) -> Iterator[Answer]:
        """Call every implementation of a hook on its own and yield each answer.

        Plugins outside parcheck's own distribution are asked first, so that they can take precedence.
        """
        caller = getattr(self._manager.hook, hook)
        own = {name for name, info in self._infos.items() if info.distribution == hookspecs.PROJECT}
        impls = sorted(caller.get_hookimpls(), key=lambda impl: (impl.plugin_name in own, impl.plugin_name))
        for impl in impls:
            try:
                value = impl.function(*(arguments[name] for name in impl.argnames))
            except (Exception, SystemExit) as error:  # noqa: BLE001 - becomes a finding, never a pass
                yield Answer(impl.plugin_name, error=error)
            else:
                yield Answer(impl.plugin_name, value)

    def collect(self, hook: str, kind: type, **arguments: Any) -> tuple[list[Any], list[Answer]]:
        """Return (all of a kind that the implementations of a list-giving hook gave, the answers that failed)."""
        values: list[Any] = []
        failed: list[Answer] = []
        for answer in self.call(hook, **arguments):
            try:
                for value in answer.value or ():
                    if not isinstance(value, kind):
                        raise TypeError(f"{value!r} is no {kind.__name__}")  # noqa: TRY301 - one plugin's failure
                    values.append(value)
            except (Exception, SystemExit) as error:  # noqa: BLE001 - a generator may raise while it is read
                failed.append(Answer(answer.plugin, error=error))
            else:
                if answer.error:
                    failed.append(answer)
        return values, failed

    @property
    def failed(self) -> tuple[PluginInfo, ...]:
        """Plugins that could not be loaded."""
        return tuple(info for info in self._infos.values() if info.error)


def _with(info: PluginInfo, **changes: Any) -> PluginInfo:
    import dataclasses

    return dataclasses.replace(info, **changes)
