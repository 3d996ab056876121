"""The PDF opened by other programs: its text as it was typed, its fonts inside, its properties naming nobody."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from paper_samples import ACCOUNT, FIELDS, ledger, record, run_tool

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.forms.fit import plan_record
from jiafang_desktop.domain.pages import MM_PER_PT, Page, Run, Sheet
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.paper.writing import whole_file

pytestmark = pytest.mark.usefixtures("qapp")
ROOT = Path(__file__).resolve().parents[2]
HARD = "一大小山水人日月目田一二十口土方马鸟龙龟 䶮 龑 𬭎 “五加二”‘白加黑’——……·（38℃）《办法》1．2026.9.16 ①②"


def one_line(text: str, *, gap_em: float = 0.0, size_pt: float = 14.0) -> Sheet:
    """A sheet with one run whose letters are put ``gap_em`` apart."""
    em = size_pt * MM_PER_PT
    places = tuple(number * em * (1 + gap_em) for number in range(len(text)))
    run = Run(20.0, 40.0, text, "fangsong", size_pt, places, "account", 0)
    return Sheet("试", (Page(297.0, 210.0, (run,), ()),))


def written(sheet: Sheet, folder: Path, *, title: str = "领导干部家访记录单") -> Path:
    target = folder / "文件 一.pdf"
    QtRenderer().pdf(sheet, target, title=title)
    return target


def copied(path: Path) -> str:
    return run_tool("pdftotext", "-raw", path, "-")


def test_text_copies_back_exactly_as_it_was_typed(tmp_path: Path) -> None:
    for number, part in enumerate(HARD.split(" ")):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert copied(written(one_line(part), folder)).strip("\n\f") == part


@pytest.mark.parametrize("gap_em", [-0.1, 0.05, 0.2, 0.5])
def test_squeezed_and_stretched_lines_get_no_spaces_when_copied(tmp_path: Path, gap_em: float) -> None:
    text = "到张建国同志家中家访，送上镇党委的问候"
    assert copied(written(one_line(text, gap_em=gap_em, size_pt=12.0), tmp_path)).strip("\n\f") == text


def test_a_whole_form_reads_in_the_order_it_is_read(tmp_path: Path) -> None:
    said = "".join(copied(written(record("filled"), tmp_path)).split())
    assert ACCOUNT in said
    order = "魏县领导干部家访记录单 德政镇 2026年9月16日 张建国 农业综合服务中心主任 建设路36号 王秀兰 钱永和 副镇长"
    places = [said.index(words) for words in order.split()]
    assert places == sorted(places)


def test_a_rare_name_is_whole_in_the_file_and_set_in_one_font(tmp_path: Path) -> None:
    sheet = plan_record(replace(FIELDS, visitee_name="䶮龑𬭎", spouse_name="王㛃")).sheet
    target = written(sheet, tmp_path)
    words = copied(target)
    assert "䶮龑𬭎" in words and "王㛃" in words
    fonts = run_tool("pdffonts", target).splitlines()[2:]
    assert len(fonts) >= 3  # title, the form's own, and the one that has the rare characters


def test_every_font_is_inside_as_a_subset_with_its_characters(tmp_path: Path) -> None:
    for sheet in (record("long"), ledger("matrix")):
        lines = run_tool("pdffonts", written(sheet, tmp_path)).splitlines()[2:]
        assert lines
        for line in lines:
            assert re.search(r"CID TrueType\s+Identity-H\s+yes yes yes", line), line


def test_properties_say_a_neutral_title_and_nothing_else(tmp_path: Path) -> None:
    target = written(record("filled"), tmp_path, title="领导干部家访记录单")
    facts = dict(line.split(":", 1) for line in run_tool("pdfinfo", target).splitlines())
    assert facts["Title"].strip() == "领导干部家访记录单"
    assert not facts.keys() & {"Producer", "Creator", "Author", "Subject", "Keywords", "CreationDate", "ModDate"}
    assert "A4" in facts["Page size"] and facts["Metadata Stream"].strip() == "no"
    raw = target.read_bytes()
    assert "张建国".encode() not in raw and "张建国".encode("utf-16-be").hex().upper().encode() not in raw


def test_upright_and_lying_pages_may_stand_in_one_file(tmp_path: Path) -> None:
    sheet = Sheet("混排", (*record("long").pages, *ledger("plain").pages))
    facts = run_tool("pdfinfo", "-l", "3", written(sheet, tmp_path))
    sizes = re.findall(r"Page\s+\d size:\s+([\d.]+) x ([\d.]+)", facts)
    assert [(round(float(a)), round(float(b))) for a, b in sizes] == [(595, 842), (595, 842), (842, 595)]


def test_the_same_sheet_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(record("filled"), tmp_path).read_bytes()
    assert written(record("filled"), tmp_path).read_bytes() == first


def test_the_file_is_sound_to_the_last_object(tmp_path: Path) -> None:
    raw = written(record("long"), tmp_path).read_bytes()
    assert raw.startswith(b"%PDF-1.7") and raw.endswith(b"%%EOF\n")
    table = int(raw.rsplit(b"startxref\n", 1)[1].split()[0])
    places = re.findall(rb"(\d{10}) 00000 n ", raw[table:])
    assert len(places) > 10
    for number, place in enumerate(places, start=1):
        assert raw[int(place) :].startswith(b"%d 0 obj" % number)


def test_a_character_no_font_has_is_marked_never_an_empty_box_and_still_copies(tmp_path: Path) -> None:
    text = "王\U000f0000"
    target = written(one_line(text), tmp_path)
    assert copied(target).strip("\n\f") == text


def test_pages_are_written_from_any_one_thread(tmp_path: Path) -> None:
    target = tmp_path / "线程.pdf"
    failures: list[BaseException] = []

    def work() -> None:
        try:
            QtRenderer().pdf(record("filled"), target, title="记录单")
            QtRenderer().png(record("filled"), target.with_suffix(".png"))
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert failures == []
    assert target.read_bytes() == written(record("filled"), tmp_path, title="记录单").read_bytes()


def child(code: str, *arguments: str) -> str:
    """A process without windows or display runs ``code``."""
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    answer = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment | {"PYTHONUTF8": "1"}, capture_output=True,
        text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""
    return answer.stdout


def test_without_windows_or_display_papers_are_made_all_the_same(tmp_path: Path) -> None:
    target = tmp_path / "无窗口.pdf"
    child(
        "import sys; from pathlib import Path\n"
        "from jiafang_desktop.documents.forms.fields import RecordFields\n"
        "from jiafang_desktop.documents.forms.fit import plan_record\n"
        "from jiafang_desktop.paper import QtRenderer\n"
        "sheet = plan_record(RecordFields(visitee_name='张建国')).sheet\n"
        "QtRenderer().pdf(sheet, Path(sys.argv[1]), title='t')\n"
        "QtRenderer().png(sheet, Path(sys.argv[1]).with_suffix('.png'))\n",
        str(target),
    )
    assert "张建国" in copied(target)
    assert target.with_suffix(".png").is_file()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_memory_does_not_grow_with_the_pages_written(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from jiafang_desktop.documents.forms.fields import RecordFields\n"
        "from jiafang_desktop.documents.forms.fit import plan_record\n"
        "from jiafang_desktop.domain.pages import Sheet\n"
        "from jiafang_desktop.paper import QtRenderer\n"
        "pages = plan_record(RecordFields(account='到家中走访慰问，了解情况。' * 12)).sheet.pages\n"
        "for count in (20, 1000):\n"
        "    QtRenderer().pdf(Sheet('s', pages * count), Path(sys.argv[1]), title='t')\n"
        "    status = Path('/proc/self/status').read_text('utf-8')\n"
        "    print(next(line.split()[1] for line in status.splitlines() if line.startswith('VmHWM')))\n"
    )
    few, many = (int(line) / 1024 for line in child(code, str(tmp_path / "k.pdf")).split())
    assert many - few < 8
    assert many < 100


def test_a_folder_that_is_not_there_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        QtRenderer().pdf(record("blank"), tmp_path / "没有" / "a.pdf", title="t")
    assert refused.value.code == "not_writable" and refused.value.hint
    with pytest.raises(UserError):
        QtRenderer().png(record("blank"), tmp_path / "没有" / "a.png")


def test_a_full_disk_leaves_the_older_paper_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"older")
    with pytest.raises(UserError) as refused, whole_file(target) as file:
        file.write(b"half")
        raise OSError(errno.ENOSPC, "no space")
    assert refused.value.code == "disk_full"
    assert target.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_target_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(UserError) as refused:
        QtRenderer().pdf(record("blank"), tmp_path / "a.pdf", title="t")
    assert refused.value.code == "not_writable"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
