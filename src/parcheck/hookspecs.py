# SPDX-License-Identifier: Apache-2.0
# mypy: disable-error-code="empty-body"
"""Every hook of parcheck: the only module a plugin author must read.

A plugin is a module (or object) with functions of these names, decorated with `parcheck.hookimpl` and listed under
the entry point group `parcheck` of its distribution. What parcheck ships is found in exactly the same way.

Rules that hold for all hooks:

* Implementations are called one by one. One that raises costs only what it would have given: parcheck reports
  `plugin-failed`, names the plugin, and never takes silence for a pass.
* Hooks marked *worker* run in a child process with limits on time and memory. They must be stateless: nothing they
  keep reaches another file for certain, and nothing they print reaches the user.
* The other hooks run in the process that called parcheck.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from parcheck.catalogue import Catalogue
    from parcheck.judging.crosscheck import CrossCheck
    from parcheck.judging.decisions import WrittenDecisions
    from parcheck.judging.unitcheck import UnitCheck
    from parcheck.judging.vocabulary import Keyword
    from parcheck.reading.document import Document
    from parcheck.reading.facts import FactReader
    from parcheck.reading.grids import Tables
    from parcheck.reading.recognition import Recogniser
    from parcheck.reporting import ReportFormat
    from parcheck.submission import Handed, Item

PROJECT = "parcheck"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def parcheck_identify(path: Path, head: bytes) -> str | None:
    """Say what kind of file this is.

    When called: once per file, before anything opens it. In which process: worker.

    Args:
        path: the file; `path.name` is what the unit called it, which may lie.
        head: its first 8 192 bytes.

    Returns:
        A media type ("application/pdf"), or None when this plugin does not know the format. The first answer counts;
        plugins of third parties are asked before the shipped ones.

    May raise: anything; costs this plugin's answer.

    Example::

        @hookimpl
        def parcheck_identify(path, head):
            return "text/plain" if path.suffix == ".txt" else None
    """


@hookspec
def parcheck_open(path: Path, media_type: str) -> Document | None:
    """Open a file as pages of positioned lines.

    When called: once per file that was identified. In which process: worker.

    Returns:
        A `parcheck.Document`, or None when this plugin does not read `media_type`.

    May raise: `parcheck.UnreadableFile` with a finding code of the catalogue (locked, damaged, too large …), which
    becomes the file's finding; anything else becomes `reader-failed`.

    Example::

        @hookimpl
        def parcheck_open(path, media_type):
            return TextDocument(path) if media_type == "text/plain" else None
    """


@hookspec
def parcheck_tables(path: Path, media_type: str) -> Tables | None:
    """Read the tables of a document as grids of cells.

    When called: once per file that may be a unit's self-assessment, and once per file given to `rules import`.
    In which process: worker; for `rules import` the caller's: whoever makes a set of criteria out of a decision trusts
    that file. Limits on size still hold.

    Returns:
        A `parcheck.Tables`, or None when this plugin does not read tables of `media_type`.

    May raise: `parcheck.UnreadableFile` (locked, damaged, too large …), told to the user with the file's name.

    Example::

        @hookimpl
        def parcheck_tables(path, media_type):
            return comma_separated(path) if media_type == "text/csv" else None
    """


@hookspec
def parcheck_recognisers() -> Iterable[Recogniser]:
    """Name what can read words from the pixels of a page (OCR).

    When called: once per process. In which process: worker.

    Returns:
        `parcheck.Recogniser` objects that can work on this computer: an empty list where the
        program they need is not installed. The first counts; plugins of third parties are asked before the shipped
        ones. It reads the pages that a document calls unread for being a scan, a picture or garbage, and that its
        format can render (`Document.image`).

    May raise: anything; this plugin then recognises nothing.

    Example::

        @hookimpl
        def parcheck_recognisers():
            return [Recogniser()] if shutil.which("recogniser") else []
    """


@hookspec
def parcheck_facts() -> Iterable[FactReader]:
    """Name the fact readers of this plugin.

    When called: once per process. In which process: worker, and the caller's (to know which facts exist).

    Returns:
        `parcheck.FactReader` objects: which facts they provide, which they need, and how they read
        them. Where two readers provide one fact, the first value that is neither null nor unknown counts.

    May raise: anything; this plugin's facts are then unknown, with that reason.

    Example::

        @hookimpl
        def parcheck_facts():
            return [WordCount()]
    """


@hookspec
def parcheck_state() -> str:
    """Say what this plugin's reading rests on beside its own code and the libraries it requires.

    When called: once per run with a cache. In which process: the caller's.

    Returns:
        Any text that changes when the same file may be read otherwise: path and time of a program it calls, a digest
        of a list it looks things up in. Readings kept under another text are not used.

    May raise: anything; nothing that this plugin takes part in reading is then kept.

    Example::

        @hookimpl
        def parcheck_state():
            return shutil.which("soffice") or ""
    """


@hookspec
def parcheck_keywords() -> Iterable[Keyword]:
    """Name the JSON Schema keywords that this plugin adds to the language of the packs.

    When called: when a pack is loaded. In which process: the caller's.

    Returns:
        `parcheck.Keyword` objects: name, a JSON Schema of the keyword's own parameter, the finding
        codes it can raise, and the check itself.

    May raise: anything; packs that use the keyword are then refused, naming the keyword.

    Example::

        @hookimpl
        def parcheck_keywords():
            return [Keyword("minWords", {"type": "integer"}, ("too-short",), check_min_words)]
    """


@hookspec
def parcheck_crosschecks() -> Iterable[CrossCheck]:
    """Name the checks that hold documents of one submission against each other.

    When called: once per submission, after its documents were read and judged. In which process: the caller's.

    Returns:
        `parcheck.CrossCheck` objects.

    May raise: anything; becomes `plugin-failed` on the submission.

    Example::

        @hookimpl
        def parcheck_crosschecks():
            return [SameNumberTwice()]
    """


@hookspec
def parcheck_unitchecks() -> Iterable[UnitCheck]:
    """Name the checks that hold the units of one run against each other, or against an earlier report.

    When called: once per choice of plugins; each check then begins anew for every run over units, and is shown one
    verdict after the other when all units are judged. In which process: the caller's.

    Returns:
        `parcheck.UnitCheck` objects: name, finding codes, facts needed, and `begin(former)`, which
        gives an object with `look(number, submission)` and `findings()`, pairs of a unit's number and a finding. It
        keeps hashes and sketches, never verdicts: a run may have 140 units with 25 000 documents.

    May raise: anything, also later; costs that check, and becomes `plugin-failed` on every unit of the run.

    Example::

        @hookimpl
        def parcheck_unitchecks():
            return [SameFileInTwoUnits()]
    """


@hookspec
def parcheck_catalogue() -> Iterable[Path]:
    """Name the catalogue files (YAML) that explain this plugin's finding codes and reasons.

    When called: when text is rendered. In which process: the caller's.

    Returns:
        Paths of catalogue files, in the format of `docs/reference/catalogue.md`.

    May raise: anything; the codes are then shown bare.

    Example::

        @hookimpl
        def parcheck_catalogue():
            return [Path(__file__).with_name("catalogue.yaml")]
    """


@hookspec
def parcheck_packs() -> Iterable[Path]:
    """Name the folders that hold rule packs.

    When called: when a pack is asked for by id, or packs are listed. In which process: the caller's.

    Returns:
        Folders; each sub-folder with a `pack.yaml` is a pack.

    May raise: anything; its packs are then not listed.

    Example::

        @hookimpl
        def parcheck_packs():
            return [Path(__file__).parent]
    """


@hookspec
def parcheck_submission(path: Path, overrides: Mapping[str, str], tables: Callable[[Item], Tables]) -> Handed | None:
    """Recognise what was handed in: a folder, a sheet, an archive.

    When called: once per path given to `check`. In which process: the caller's, so that what is from anyone should be
    read by `tables` alone.

    Args:
        path: what the user named.
        overrides: values from the command line that win over the submission's own (`unit`, `year`).
        tables: returns the tables of a file (`parcheck.Item`), read in a worker by the plugins of `parcheck_tables`,
            with the limits on time and memory that hold for evidence; raises `parcheck.UnreadableFile`.

    Returns:
        A `parcheck.Handed`, or None when this plugin does not know the form.

    May raise: `parcheck.BadSubmission` with a sentence for the user.

    Example::

        @hookimpl
        def parcheck_submission(path, overrides, tables):
            return read_mailbox(path) if path.suffix == ".mbox" else None
    """


@hookspec
def parcheck_decisions(path: Path, catalogue: Catalogue) -> WrittenDecisions | None:
    """Read decisions that appraisers wrote in something else than YAML (`--decisions`).

    When called: once per run with a decisions file, before anything is checked. In which process: the caller's:
    whoever decides trusts the file. Limits on size still hold.

    Args:
        path: the file.
        catalogue: has the words that the file may use ("actions", and those of the report it was written into).

    Returns:
        A `parcheck.WrittenDecisions`: the entries, and a fault for every row that cannot be one.
        None when this plugin does not know the form; YAML is what is left then. The first answer counts; plugins of
        third parties are asked before the shipped ones.

    May raise: `parcheck.BadUsage` when the form is known and the file cannot be used at all; anything else ends the
    run with `decisions-unreadable`, for a run without its decisions would say something else.

    Example::

        @hookimpl
        def parcheck_decisions(path, catalogue):
            return read_minutes(path) if path.suffix == ".docx" else None
    """


@hookspec
def parcheck_reports() -> Iterable[ReportFormat]:
    """Name the report formats of this plugin.

    When called: when a report is written. In which process: the caller's.

    Returns:
        `parcheck.ReportFormat` objects; the name is what `--format` takes. A format that opens files again, to show
        pages of them, finds a unit's files below `submission.root` and opens them in a worker process with the plugins
        that made the report, `report.plugins` (`parcheck.Cropping` does): any others would run a reader that was
        blocked, and know nothing of one that was added.

    May raise: anything; the format is then not offered.

    Example::

        @hookimpl
        def parcheck_reports():
            return [ReportFormat("count", write_count)]
    """
