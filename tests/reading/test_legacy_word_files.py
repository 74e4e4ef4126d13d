# SPDX-License-Identifier: Apache-2.0
"""Old Word files: what can be told without LibreOffice, and what it makes of them."""

from __future__ import annotations

import http.server
import struct
import threading
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.reading.make_docx import make_docx, paragraph
from tests.reading.make_sheets import ole_file

from parcheck.model import Status
from parcheck.plugins import PluginChoice, Plugins
from parcheck.reading.pipeline import Readers, read_file
from parcheck_plugins import legacy_word, sniffing
from parcheck_plugins.legacy_word import formats
from parcheck_plugins.legacy_word.office import Conversion, Office

if TYPE_CHECKING:
    from pathlib import Path

LETTER = (
    ("UBND TỈNH LÂM ĐỒNG", "left"),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "right"),
    ("SỞ NỘI VỤ", "left"),
    ("Độc lập - Tự do - Hạnh phúc", "right"),
    ("Số: 45/BC-SNV", "left"),
    ("Lâm Đồng, ngày 12 tháng 02 năm 2025", "right"),
)


@pytest.fixture(scope="module")
def plugins():
    return Plugins(PluginChoice())


@pytest.fixture
def read(plugins):
    readers = Readers(plugins)
    return lambda path, *facts: read_file(path, path.name, set(facts) or None, plugins, readers)


@pytest.fixture
def use(monkeypatch):
    """Have the plugin use this LibreOffice, or none."""
    return lambda office: monkeypatch.setattr(legacy_word, "installed", lambda: office)


def rtf(path: Path, body: str) -> Path:
    escaped = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in body)
    path.write_text(r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}\fs26 " + escaped + "}", encoding="ascii")
    return path


def rtf_report(path: Path) -> Path:
    """Write a report as Word saves it: the letterhead in a table of two columns."""
    rows = ""
    for left, right in zip(LETTER[::2], LETTER[1::2], strict=True):
        rows += r"\trowd\cellx4000\cellx9500\intbl\qc " + left[0] + r"\cell\qc " + right[0] + r"\cell\row "
    title = r"\pard\qc\b BÁO CÁO\par Kết quả cải cách hành chính năm 2025\b0\par "
    text = r"\pard Thực hiện kế hoạch, Sở Nội vụ báo cáo như sau. Đã giải quyết 120 hồ sơ.\par "
    end = r"\trowd\cellx4000\cellx9500\intbl Nơi nhận:\line - Lưu: VT.\cell\qc GIÁM ĐỐC\line\line\line Trần Thị Bình"
    return rtf(path, rows + title + text + end + r"\cell\row\pard")


def doc_head(version: int, flags: int) -> bytes:
    return struct.pack("<HHHHHH", 0xA5EC, version, 0, 0x0409, 0, flags)


def odt(path: Path, body: str, manifest: str = "") -> Path:
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }
    namespaces = " ".join(f'xmlns:{short}="{full}"' for short, full in names.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {namespaces} office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    listed = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{formats.ODT}"/>'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{manifest}'
        "</manifest:file-entry></manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", formats.ODT, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", listed)
        archive.writestr("content.xml", content)
    return path


# --- without LibreOffice ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bao cao.rtf", "bao cao.doc", "bao cao.odt"])
def test_without_libreoffice_nothing_is_absent(name, tmp_path, read, use):
    use(None)
    path = tmp_path / name
    if name.endswith("rtf"):
        rtf_report(path)
    elif name.endswith("doc"):
        path.write_bytes(ole_file("WordDocument", doc_head(0xC1, 0)))
    else:
        odt(path, "<text:p>x</text:p>")
    reading = read(path, "type", "symbol", "issued_on", "issuer", "subject", "signer", "draft", "copy", "references")
    assert reading.status is Status.PARTIAL
    assert reading.facts == {}
    assert {reason.code for reason in reading.unknown.values()} == {"old-word"}
    assert len(reading.unknown) == 9


def test_without_libreoffice_there_is_no_text(tmp_path, read, use):
    use(None)
    text = read(rtf_report(tmp_path / "a.rtf"), "text").fact("text")
    assert text.value["source"] == "none"


def test_an_office_that_cannot_convert_anything_is_as_good_as_none(tmp_path, read, use):
    class Useless(Office):
        def convert(self, *args, **kwargs):
            return Conversion(None, said="Error: no export filter")

    use(Useless("soffice"))
    reading = read(rtf_report(tmp_path / "a.rtf"), "symbol")
    assert reading.unknown["symbol"].code == "old-word"
    assert not reading.problems


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (Conversion(None, late=True), "reader-timeout"),
        (Conversion(None, crashed=True), "reader-failed"),
        (Conversion(None, said="Error: source file could not be loaded"), "file-damaged"),
    ],
)
def test_failures_have_their_own_words(made, code, tmp_path, read, use):
    class Failing(Office):
        def convert(self, *args, **kwargs):
            return made

        def works(self):
            return True

    use(Failing("soffice"))
    reading = read(rtf_report(tmp_path / "a.rtf"), "symbol")
    assert reading.status is Status.UNREADABLE
    assert [problem.code for problem in reading.problems] == [code]
    assert reading.unknown["symbol"].code == "file-unreadable"


def test_a_locked_doc_is_told_without_libreoffice(tmp_path, read, use):
    use(None)
    path = tmp_path / "khoa.doc"
    path.write_bytes(ole_file("WordDocument", doc_head(0xC1, 0x0100)))
    assert [problem.code for problem in read(path, "symbol").problems] == ["file-encrypted"]


def test_a_locked_odt_is_told_without_libreoffice(tmp_path, read, use):
    use(None)
    path = odt(tmp_path / "khoa.odt", "", "<manifest:encryption-data/>")
    assert [problem.code for problem in read(path, "symbol").problems] == ["file-encrypted"]


@pytest.mark.parametrize(("version", "name"), [(101, "MS WinWord 6.0"), (104, "MS WinWord 6.0"), (193, "MS Word 97")])
def test_the_version_chooses_the_filter(version, name, tmp_path):
    path = tmp_path / "a.doc"
    path.write_bytes(ole_file("WordDocument", doc_head(version, 0)))
    head = formats.read_head(path)
    assert formats.import_filter(formats.DOC, head) == (".doc", name)


def test_the_head_is_found_in_the_mini_stream(tmp_path):
    path = tmp_path / "a.doc"
    path.write_bytes(bytes(512 + 64 * 3) + doc_head(101, 0x0100) + bytes(100))
    assert formats.read_head(path) == formats.Head(101, encrypted=True)


def test_other_files_are_left_to_others(tmp_path):
    assert legacy_word.parcheck_open(tmp_path / "a.doc", "text/html") is None
    assert legacy_word.parcheck_open(tmp_path / "a.docx", sniffing.DOCX) is None


def test_opendocument_is_recognised_by_its_first_entry(tmp_path):
    path = odt(tmp_path / "a.bin", "")
    assert sniffing.parcheck_identify(path, path.read_bytes()[:8192]) == formats.ODT


# --- with LibreOffice -------------------------------------------------------------------------------------------------


def test_an_rtf_reads_like_a_word_file(libreoffice, tmp_path, read, use):
    use(libreoffice)
    path = rtf_report(tmp_path / "Báo cáo -- ‘số 45’.rtf")
    before = path.read_bytes()
    reading = read(path)
    assert reading.media_type == formats.RTF
    assert reading.facts["symbol"] == "45/BC-SNV"
    assert reading.facts["issued_on"] == "2025-02-12"
    assert reading.facts["type"] == "BC"
    assert reading.facts["issuer"] == "SỞ NỘI VỤ"
    assert reading.facts["subject"] == "Kết quả cải cách hành chính năm 2025"
    assert reading.facts["signer"]["name"] == "Trần Thị Bình"
    assert reading.where["symbol"].source.value == "word"
    assert reading.where["symbol"].page is None
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("ending", "export"), [("doc", "MS Word 97"), ("odt", "writer8")])
def test_what_libreoffice_saved_reads_the_same(ending, export, libreoffice, tmp_path, read, use):
    use(libreoffice)
    docx = make_docx(tmp_path / "a.docx", paragraph("Sở Nội vụ báo cáo: đã giải quyết 120 hồ sơ."))
    source = save_as(docx, ending, export, tmp_path)
    reading = read(source, "text", "figures")
    assert reading.media_type == {"doc": formats.DOC, "odt": formats.ODT}[ending]
    assert reading.facts["text"]["encoding"] == "unicode"
    assert [(f["value"], f["unit"]) for f in reading.facts["figures"]] == [(120, "hồ sơ")]


def save_as(docx: Path, ending: str, export: str, folder: Path) -> Path:
    import subprocess

    from parcheck_plugins.legacy_word.office import find_program

    profile = (folder / "profile").as_uri()
    command = [find_program(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", f"{ending}:{export}"]
    subprocess.run([*command, "--outdir", str(folder), str(docx)], check=True, capture_output=True, timeout=60)
    return docx.with_suffix(f".{ending}")


def test_a_damaged_doc_is_no_plain_text(libreoffice, tmp_path, read, use):
    use(libreoffice)
    path = tmp_path / "hong.doc"
    path.write_bytes(ole_file("Something", b"So: 45/BC-SNV " * 300))
    reading = read(path, "symbol")
    assert reading.media_type == formats.DOC
    assert [problem.code for problem in reading.problems] == ["file-damaged"]


def test_a_damaged_doc_that_opens_empty_proves_nothing_absent(libreoffice, tmp_path, read, use):
    use(libreoffice)
    path = tmp_path / "hong.doc"
    path.write_bytes(ole_file("WordDocument", doc_head(0xC1, 0) + b"So: 45/BC-SNV " * 300))
    reading = read(path, "symbol", "signer")
    assert reading.facts == {}
    assert {reason.code for reason in reading.unknown.values()} == {"old-word"}


def test_the_converted_file_goes_when_the_document_is_closed(libreoffice, tmp_path, use):
    use(libreoffice)
    with legacy_word.parcheck_open(rtf_report(tmp_path / "a.rtf"), formats.RTF) as document:
        result = document._result
        assert result.exists()
        assert "BÁO CÁO" in document.text(1)
    assert not result.parent.parent.exists()


def test_a_working_office_says_so(libreoffice):
    assert libreoffice.works()


def test_nothing_is_asked_of_the_network(libreoffice, tmp_path, use):
    use(libreoffice)
    asked: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - names of http.server

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        frame = '<draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char">'
        link = f'xlink:type="simple" xlink:actuate="onLoad" xlink:href="{url}'
        linked = odt(
            tmp_path / "a.odt",
            f'<text:p>một{frame}<draw:image {link}a.png"/></draw:frame></text:p>'
            f'<text:section text:name="S"><text:section-source {link}b.odt"/><text:p>hai</text:p></text:section>'
            f'<text:p>{frame}<draw:object {link}c.ods"/></draw:frame></text:p>',
        )
        with legacy_word.parcheck_open(linked, formats.ODT) as document:
            assert "một" in document.text(1)
        fields = rtf(
            tmp_path / "a.rtf",
            rf'{{\*\template {url}t.dot}}{{\field{{\*\fldinst INCLUDEPICTURE "{url}a.png" \\d}}{{\fldrslt ba}}}}',
        )
        with legacy_word.parcheck_open(fields, formats.RTF) as document:
            assert "ba" in document.text(1)
        server.shutdown()
    assert asked == []
