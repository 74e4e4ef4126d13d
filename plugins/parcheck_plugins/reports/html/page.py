# SPDX-License-Identifier: Apache-2.0
"""Laying a page out: templates, what they may call, and the policy that lets the page ask for nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jinja2
from markupsafe import Markup, escape

from parcheck.catalogue import LANGUAGES
from parcheck.model import Certainty, Outcome, Severity, SubmissionResult
from parcheck.reporting.wording import Teller
from parcheck_plugins.reports.harmless import shown
from parcheck_plugins.reports.html.findings import FindingTeller
from parcheck_plugins.reports.html.texts import Said, Speaker

if TYPE_CHECKING:
    from parcheck.catalogue import Catalogue
    from parcheck.model import Report
    from parcheck_plugins.reports.html.index import IndexView
    from parcheck_plugins.reports.html.unit import UnitView

LONG: Final = 700
"""Characters after which the rest of a text is folded away."""
SHORT: Final = 240
"""Characters of a name where nothing can be folded away: headings, links."""
WHOLE: Final = 20_000
"""Characters of one text that a page holds at all."""
FIRST: Final = 5
"""Things to do that the head of a page lists openly."""
SHOWN: Final = ("missing", "invalid", "undetermined", "satisfied")
SIGNS: Final = {
    "satisfied": "✓",
    "missing": "✗",
    "invalid": "✗",
    "undetermined": "?",
    "explained": "≈",
    "not_applicable": "–",
    "waived": "–",
    "not_checked": "·",
}
_HERE: Final = Path(__file__).with_name("templates")


class Pages:
    """Renders the parts of a report's pages.

    Args:
        report: its head is on every page; its submissions are not looked at.
        catalogue: the words.
        language: "vi" or "en": which one a page shows first.
    """

    def __init__(self, report: Report, catalogue: Catalogue, language: str) -> None:
        self.say = Speaker(catalogue)
        self._language = language
        style, script = ((_HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=_clean,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.filters |= {
            "b": _both,
            "long": self._long,
            "own": self._own,
            "short": _short,
            "data": _data,
            "picture": _picture,
            "attr": getattr,
        }
        run = {
            **report.run,
            "pack": {"id": report.pack_id, "version": report.pack_version, "digest": report.pack_digest},
        }
        started = report.run.get("started")
        environment.globals |= {
            "ui": self.say.ui,
            "raw": lambda key: self.say.term("ui", key),
            "language": language,
            "style": Markup(style),  # noqa: S704 - our own file
            "script": Markup(script),  # noqa: S704 - our own file
            "policy": Markup(_policy(style, script)),  # noqa: S704 - our own
            "signs": SIGNS,
            "outcomes": {outcome.value: self.say.term("outcomes", outcome.value) for outcome in Outcome},
            "legend": {
                "outcome": self._legend("outcomes", "outcome-notes", [each.value for each in Outcome]),
                "severity": self._legend("severities", "severity-notes", [each.value for each in Severity]),
                "certainty": self._legend("certainties", "certainty-notes", [each.value for each in Certainty]),
            },
            "first": FIRST,
            "shown": SHOWN,
            "pack_title": report.pack_title,
            "pack_id": report.pack_id,
            "pack_version": report.pack_version,
            "checked_on": self.say.moment(str(started)) if started else Said("", ""),
            "version": str(dict(report.run.get("versions") or {}).get("parcheck", "")),
            "run": json.dumps(run, ensure_ascii=False, indent=1, default=str),
        }
        self._environment = environment
        nobody = SubmissionResult(None, "", "", (), ())
        tellers = {each: Teller(nobody, catalogue, each) for each in LANGUAGES}
        self._of_run = FindingTeller(nobody, self.say, tellers, {}, "run-").views(report.findings)

    def head(self, title: str = "", *, back: bool = False) -> str:
        """Return a page up to its content; `back` links to the index, which tells what concerns the whole run."""
        name = shown(_short(title))
        whole = self.say.both(
            lambda language: " · ".join(filter(None, (name, self.say.catalogue.term("ui", "report-title", language))))
        )
        return self._environment.get_template("page.html.jinja").render(
            title=whole, back=back, findings=[] if back else self._of_run
        )

    def unit(self, view: UnitView, *, top: int = 1) -> str:
        """Return a unit's part, its name a heading of level `top`."""
        return self._environment.get_template("unit.html.jinja").render(unit=view, top=top)

    def index(self, view: IndexView) -> str:
        """Return the index over units."""
        return self._environment.get_template("index.html.jinja").render(index=view)

    def end(self) -> str:
        """Return what stands below all content."""
        parts: Any = self._environment.get_template("parts.html.jinja").make_module()
        return self._environment.get_template("end.html.jinja").render(badge=parts.badge)

    def _legend(self, words: str, notes: str, keys: list[str]) -> list[tuple[str, Said, Said]]:
        return [(key, self.say.term(words, key), self.say.term(notes, key)) for key in keys]

    def _long(self, said: Said) -> Markup:
        """Lay out a text that may be very long."""
        if max(len(said.vi), len(said.en)) <= LONG:
            return _both(said)
        parts = [
            Markup('<div class="{0}" lang="{0}">{1}</div>').format(language, self._folded(getattr(said, language)))
            for language in ("vi", "en")
        ]
        return Markup().join(parts)

    def _own(self, text: str) -> Markup:
        """Lay out what a document or a unit calls itself: kept apart from the direction of the words around it."""
        text = str(text)
        if len(text) <= LONG:
            return Markup("<bdi>{}</bdi>").format(shown(text))
        return self._folded(text)

    def _folded(self, text: str) -> Markup:
        more = _both(self.say.ui("html-whole", count=len(text)))
        return Markup(
            '<bdi>{}</bdi><details class="whole"><summary>{}</summary><div><bdi>{}</bdi></div></details>'
        ).format(shown(text[:LONG] + "…"), more, shown(text[:WHOLE]))


def _both(said: Said) -> Markup:
    """Lay out words in both languages; the page shows one of them."""
    vi, en = (shown(_cut(text, LONG)) for text in (said.vi, said.en))
    if vi == en:
        return escape(vi)
    return Markup('<span class="vi" lang="vi">{}</span><span class="en" lang="en">{}</span>').format(vi, en)


def _short(text: str | Said) -> str | Markup:
    if isinstance(text, Said):
        return _both(Said(str(_short(text.vi)), str(_short(text.en))))
    return _cut(text, SHORT)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _data(text: str) -> Markup:
    """Lay out data for developers, nearly whole."""
    return escape(shown(_cut(text, WHOLE)))


def _picture(address: str) -> Markup:
    """Lay out a `data:` address that was made here."""
    return escape(address)


def _clean(value: Any) -> Any:
    """Make what a template prints harmless, and no longer than it should be, before it is escaped."""
    return shown(_cut(value, LONG)) if isinstance(value, str) and not isinstance(value, Markup) else value


def _policy(style: str, script: str) -> str:
    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii") + "'"

    return "; ".join(
        (
            "default-src 'none'",
            "img-src data:",
            f"style-src {digest(style)}",
            f"script-src {digest(script)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
