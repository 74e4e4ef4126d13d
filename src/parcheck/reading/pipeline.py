# SPDX-License-Identifier: Apache-2.0
"""From a file's bytes to a reading, inside one process: sniff, open, read facts in order of need.

Every call into a plugin is isolated: what one plugin fails at is unknown, with the plugin named, and the rest is
read all the same.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from parcheck.archives.parcel import Unpacker
from parcheck.errors import UnreadableFile
from parcheck.model import Fact, Finding, Place, Reading, Reason, Severity, Source, Status
from parcheck.reading.contract import fits
from parcheck.reading.document import Document
from parcheck.reading.facts import FactReader
from parcheck.reading.recognition import Recogniser, through

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from parcheck.plugins import Answer, Plugins

HEAD = 8192
"""Bytes that plugins may sniff."""
MAX_BYTES = 300 * 1024 * 1024
"""Larger files are not opened: the largest of 536 real files has 24 MB, and a submission portal takes less."""
NOT_PROVIDED = "not-provided"
UNICODE = "unicode"
FILE_FACT = "file"
FILE = frozenset({FILE_FACT})

EXTENSIONS = {
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx", ".docm", ".dotx"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx", ".xlsm"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx", ".pptm", ".ppsx"),
    "application/msword": (".doc", ".dot"),
    "application/vnd.ms-excel": (".xls",),
    "application/rtf": (".rtf",),
    "text/html": (".html", ".htm"),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/tiff": (".tif", ".tiff"),
    "application/zip": (".zip", ".zipx"),
    "application/vnd.rar": (".rar", *(f".r{volume:02}" for volume in range(100))),
    "application/x-7z-compressed": (".7z", ".7z.001"),
    "application/vnd.oasis.opendocument.text": (".odt", ".ott"),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods", ".ots"),
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": (".xlsb",),
}


class Readers:
    """The fact readers in use, and the order in which they must run."""

    def __init__(self, plugins: Plugins) -> None:
        self._plugins = plugins
        self.readers: list[FactReader]
        self.readers, self.failed = plugins.collect("parcheck_facts", FactReader)

    @functools.cached_property
    def recognisers(self) -> tuple[list[Recogniser], list[Answer]]:
        """What can read words from pixels, and the plugins that failed to say so; only a worker needs them."""
        return self._plugins.collect("parcheck_recognisers", Recogniser)

    @property
    def provided(self) -> frozenset[str]:
        """All fact names that can be asked for."""
        return FILE.union(*(reader.provides for reader in self.readers))

    @property
    def whole(self) -> frozenset[str]:
        """Facts for which every page must be read."""
        return frozenset[str]().union(*(getattr(reader, "whole", frozenset()) for reader in self.readers))

    def plan(self, asked: AbstractSet[str]) -> list[tuple[FactReader, frozenset[str]]]:
        """Return the readers to run, in order, each with the facts to ask of it (needs of later ones included)."""
        wanted = set(asked)
        while True:
            needs = {need for reader in self.readers if reader.provides & wanted for need in reader.needs}
            if needs <= wanted:
                break
            wanted |= needs
        pending = [reader for reader in self.readers if reader.provides & wanted]
        ordered: list[FactReader] = []
        while pending:
            given = {name for reader in pending for name in reader.provides}
            ready = [r for r in pending if not (r.needs & (given - r.provides))] or pending[:1]
            ordered += ready
            pending = [reader for reader in pending if reader not in ready]
        return [(reader, frozenset(reader.provides & wanted)) for reader in ordered]


@dataclass(slots=True)
class _Draft:
    """A reading while it is made."""

    path: str
    sha256: str | None = None
    media_type: str | None = None
    facts: dict[str, Fact] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    opened: bool = False
    pages_unread: bool = False

    def finish(self, asked: AbstractSet[str], why: Reason) -> Reading:
        """Return the frozen reading; what was asked and not given is unknown because of `why`."""
        for name in asked:
            self.facts.setdefault(name, Fact(unknown=why))
        shown = {name: self.facts[name] for name in sorted(asked)}
        unknown = {name: fact.unknown for name, fact in shown.items() if fact.unknown}
        # A fact that no plugin reads says nothing of the file.
        unread = any(reason.code != NOT_PROVIDED for reason in unknown.values())
        if not self.opened:
            status = Status.UNREADABLE
        elif unread or self.pages_unread or _serious(self.problems):
            status = Status.PARTIAL
        else:
            status = Status.READ
        return Reading(
            path=self.path,
            sha256=self.sha256,
            media_type=self.media_type,
            status=status,
            facts={name: fact.value for name, fact in shown.items() if not fact.unknown},
            unknown=unknown,
            where={name: fact.place for name, fact in shown.items() if fact.place},
            problems=tuple(self.problems),
        )


def read_file(
    path: Path,
    name: str,
    asked: AbstractSet[str] | None,
    plugins: Plugins,
    readers: Readers,
    member: Sequence[str] = (),
    unpacker: Unpacker | None = None,
) -> Reading:
    """Read one file in this process.

    Args:
        path: the file; for a member of an archive, the archive's.
        name: the path to show.
        asked: fact names; None for all that the plugins provide.
        plugins: the plugins in use.
        readers: their fact readers.
        member: where the file lies inside `path`, one name per archive; empty for `path` itself.
        unpacker: what unpacks members, kept from one to the next.

    Returns:
        A reading, always: what goes wrong is in its status, unknown facts and problems.
    """
    wanted = readers.provided if asked is None else frozenset(asked)
    draft = _Draft(name)
    why = Reason("file-unreadable")
    try:
        with contextlib.ExitStack() as stack:
            unpacker = unpacker or stack.enter_context(Unpacker())
            file, notes = stack.enter_context(unpacker.unpacked(path, member))
            draft.problems += notes
            _read(file, wanted, draft, plugins, readers)
    except UnreadableFile as error:
        draft.problems.append(Finding(error.code, error.details))
    except MemoryError:
        draft.problems.append(Finding("reader-memory", {"limit": memory_limit()}))
    except OSError as error:
        draft.problems.append(Finding("file-unreachable", {"detail": error.strerror or type(error).__name__}))
    if draft.opened:
        why = Reason(NOT_PROVIDED)
    elif any(problem.code == "reader-missing" for problem in draft.problems):
        why = Reason("no-reader", {"kind": draft.media_type or ""})
    return draft.finish(wanted, why)


def _read(path: Path, asked: frozenset[str], draft: _Draft, plugins: Plugins, readers: Readers) -> None:
    size = path.stat().st_size
    if not path.is_file():
        raise UnreadableFile("file-unreachable", detail="")
    if size == 0:
        raise UnreadableFile("file-empty")
    if size > MAX_BYTES:
        raise UnreadableFile("file-too-large", size=_megabytes(size), limit=_megabytes(MAX_BYTES))
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        stream.seek(0)
        draft.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    draft.media_type = _identify(path, head, draft, plugins)
    fits = extension_fits(path.name, draft.media_type)
    if FILE_FACT in asked:
        value = {"name": path.name, "bytes": size, "extension_fits": fits}
        draft.facts[FILE_FACT] = Fact(value, Place(words=path.name, source=Source.FILE))
    if fits is False:
        actual = draft.media_type or ""
        args = {"extension": path.suffix.lower(), "actual": actual}
        draft.problems.append(Finding("file-type-differs", args, severity=Severity.WARNING))
    if draft.media_type is None:
        raise UnreadableFile("file-type-unknown")
    document = _open(path, draft.media_type, draft, plugins)
    if document is None:
        return
    document.path = path
    draft.opened = True
    document = through(document, readers.recognisers[0])
    try:
        _read_facts(document, asked - FILE, draft, readers)
        if document.encoding != UNICODE:
            draft.problems.append(Finding("legacy-text"))
    finally:
        with contextlib.suppress(Exception):
            document.close()


def _identify(path: Path, head: bytes, draft: _Draft, plugins: Plugins) -> str | None:
    media_type = None
    for answer in plugins.call("parcheck_identify", path=path, head=head):
        if answer.error:
            draft.problems.append(_plugin_failed(answer, "parcheck_identify"))
        elif answer.value:
            media_type = str(answer.value)
            break
    return media_type


def _open(path: Path, media_type: str, draft: _Draft, plugins: Plugins) -> Document | None:
    """Return the opened file, or None when no plugin could; the findings then say why."""
    failed: list[Answer] = []
    for answer in plugins.call("parcheck_open", path=path, media_type=media_type):
        if isinstance(answer.error, UnreadableFile | MemoryError):
            raise answer.error
        if isinstance(answer.value, Document):
            draft.problems += [_plugin_failed(each, "parcheck_open") for each in failed]
            return answer.value
        if answer.error or answer.value is not None:
            failed.append(answer)
    draft.problems += [Finding("reader-failed", {"plugin": answer.plugin}) for answer in failed]
    if not failed:
        draft.problems.append(Finding("reader-missing", {"kind": media_type}))
    return None


def _read_facts(document: Document, asked: frozenset[str], draft: _Draft, readers: Readers) -> None:
    for answer in readers.failed:
        draft.problems.append(_plugin_failed(answer, "parcheck_facts"))
    for answer in readers.recognisers[1]:
        draft.problems.append(_plugin_failed(answer, "parcheck_recognisers"))
    for reader, names in readers.plan(asked):
        open_names = frozenset(name for name in names if draft.facts.get(name, Fact()).value is None)
        if not open_names:
            continue
        try:
            given = dict(reader.read(document, open_names, draft.facts))
            if not all(isinstance(fact, Fact) and fits(name, fact.value) for name, fact in given.items()):
                raise TypeError("not a fact")  # noqa: TRY301 - the same as any other failure of this reader
        except MemoryError:
            raise
        except BaseException:  # noqa: BLE001 - one reader's failure costs its facts only
            reason = Reason("plugin-failed", {"plugin": reader.name})
            draft.problems.append(Finding("plugin-failed", {"plugin": reader.name, "hook": "parcheck_facts"}))
            given = {name: Fact(unknown=reason) for name in open_names}
        for name, fact in given.items():
            before = draft.facts.get(name)
            # Of two readers the one that knows counts; "cannot tell" outweighs "not there".
            if name in open_names and (before is None or fact.value is not None or fact.unknown):
                draft.facts[name] = fact
    text = draft.facts.get("text")
    if text is not None and isinstance(text.value, dict):
        draft.pages_unread = bool(text.value.get("pages_without_text"))


def noted(reading: Reading, notes: Sequence[Finding]) -> Reading:
    """Return a reading with what is to be said of the file's name, as if it had been read where the archive is."""
    if not notes:
        return reading
    status = Status.PARTIAL if reading.status is Status.READ and _serious(notes) else reading.status
    return replace(reading, status=status, problems=(*notes, *reading.problems))


def _serious(problems: Iterable[Finding]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _plugin_failed(answer: Answer, hook: str) -> Finding:
    return Finding("plugin-failed", {"plugin": answer.plugin, "hook": hook})


def extension_fits(name: str, media_type: str | None) -> bool | None:
    """Return whether a file's name ends as its content says; None when parcheck does not know the format."""
    allowed = EXTENSIONS.get(media_type or "")
    return None if allowed is None else name.lower().endswith(allowed)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"


def memory_limit() -> str:
    """Return what this process may use, where the system bounds it."""
    try:
        import resource
    except ImportError:
        return "…"
    bound = resource.getrlimit(resource.RLIMIT_AS)[0]
    return "…" if bound == resource.RLIM_INFINITY else _megabytes(bound)


def unread(path: str, code: str, asked: Iterable[str], **args: Any) -> Reading:
    """Return the reading of a file whose reading failed as a whole (crash, time-out): everything is unknown."""
    return Reading(
        path=path,
        sha256=None,
        media_type=None,
        status=Status.UNREADABLE,
        unknown={name: Reason("file-unreadable") for name in sorted(asked)},
        problems=(Finding(code, args),),
    )
