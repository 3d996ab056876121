"""Random texts and values through plan, Word document and LibreOffice: same pages, no line too many, no character lost.

Run by ``dev.py campaign papers [FORMS [SEED]]``; it needs soffice and poppler-utils, so the suite does not run it.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from jiafang_desktop.documents.forms.compose import rows_of
from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.documents.forms.fill import fill_record
from jiafang_desktop.documents.forms.fit import plan_record
from jiafang_desktop.documents.forms.layout import LONG_CELLS
from jiafang_desktop.documents.forms.plan import RecordPlan
from jiafang_desktop.domain.pages import MM_PER_PT, Page
from tests.documents.ledgers.ledger_papers import random_ledger, try_ledgers

_WORDS = (
    "到张建国同志家中进行家访",
    "送上镇党委的问候",
    "老母亲卧床",
    "需人照料",
    "今年任务重、加班多",
    "思想总体稳定",
    "每月药费2600元",
    "2026年9月16日",
    "完成率为98.5%",
    "希望夜间值班适当照顾",
    "（含慢性病门诊待遇）",
    "“看、谈、听、访”",
    "《魏县领导干部家访制度》",
    "——县委组织部",
    "……",
    "WPS Office",
    "VPN",
    "http://example.com/a/very/long/path?x=1",
    "13800000000",
    "①",
    "三个一",
    "一是",
    "二是",
    "A4纸",
    "5～10",
    "℃",
    "3×4",
    "“‘双引号’”",
    "艾则孜·买买提",
    "；",
    "？",
    "！",
    "：",
    "、",
    "，",
    "。",
    "，",
    "。",
    "」",
    "（",
    "）",
    "“",
    "”",
    "％",
    "100",
    "1,234.56",
    "-",
    "/",
    " ",
    "\u3000",
    "\n",
    "。\n",
    "”。",
)
_COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可"
    "主发年动同工也能下过子说产种面而方后多定行学法所民得经"
)
_POSTS = (
    "副镇长",
    "组织委员",
    "党委副书记、镇长",
    "党委副书记、政法委员、副镇长",
    "党组书记、局长",
    "二级主任科员、综合行政执法队队长",
    "综合行政执法队副队长兼安监站站长、退役军人服务站站长",
    "德政镇中心小学一级教师，教务处副主任",
    "农业综合服务中心主任",
)
_SPACE = re.compile(r"\s")


def random_text(source: random.Random, length: int) -> str:
    """About ``length`` characters as a clerk, or a hostile clerk, might type them."""
    out = ""
    while len(out) < length:
        if source.random() < 0.45:
            out += "".join(source.choice(_COMMON) for _ in range(source.randint(1, 14)))
        out += source.choice(_WORDS)
    return out[:length]


def random_value(source: random.Random, longest: int) -> str:
    """A post or an address of one line, usual or hostile."""
    if source.random() < 0.6:
        return source.choice(_POSTS)
    return random_text(source, source.randint(1, longest)).replace("\n", "").strip() or "无"


def random_fields(source: random.Random) -> RecordFields:
    """A record with long cells of very different lengths, and short ones of any kind."""
    lengths = [source.choice((0, 20, 90, 130, 160, 200, 240, 280, 330, 400, 700, 1500)) for _ in range(2)]
    leaders = tuple(
        (source.choice(("钱永和", "周文斌", "欧阳文山", "艾则孜·买买提")), random_value(source, 16))
        for _ in range(source.randint(1, 4))
    )
    return RecordFields(
        unit=source.choice(("德政镇", "魏县住房和城乡建设局")),
        date=date(2026, source.randint(1, 12), 28),
        number=source.randint(1, 120),
        visitee_name=source.choice(("张建国", "艾则孜·买买提")),
        visitee_post=random_value(source, 60),
        address=source.choice(
            ("魏县德政镇东街村建设路36号院2号楼3单元402室", random_text(source, 90).replace("\n", ""))
        ),
        spouse_name="王秀兰",
        spouse_work=random_value(source, 60),
        account=random_text(source, lengths[0]),
        resolution=random_text(source, lengths[1]),
        leaders=leaders,
    )


def run(count: int, seed: int) -> dict[str, Any]:
    """Convert ``count`` random forms and a fifth as many ledgers: figures, and what went wrong."""
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        return {"ran": False, "forms": 0}
    source = random.Random(seed)
    found: dict[str, Any] = {
        "ran": True,
        "forms": count,
        "pages": 0,
        "page_differences": 0,
        "lost_characters": 0,
        "spills": 0,
        "leaders_moved": 0,
        "continued": 0,
        "failures": [],
    }
    with tempfile.TemporaryDirectory() as folder:
        for begin in range(0, count, 20):
            plans = [_plan(source) for _ in range(begin, min(begin + 20, count))]
            for name, plan in enumerate(plans):
                (Path(folder) / f"{name}.docx").write_bytes(fill_record(plan))
            convert(Path(folder), [f"{name}.docx" for name in range(len(plans))])
            for name, plan in enumerate(plans):
                _compare(plan, Path(folder) / f"{name}.pdf", begin + name, found)
    ledgers = try_ledgers([random_ledger(source, random_value) for _ in range(-(-count // 5))], convert, words_of)
    failures = found.pop("failures") + ledgers.pop("failures")
    return {**found, **ledgers, "failures": failures}


def _plan(source: random.Random) -> RecordPlan:
    return plan_record(
        random_fields(source), label=source.random() < 0.3, smallest_pt=source.choice((12.0, 12.0, 10.5))
    )


def convert(folder: Path, names: list[str]) -> None:
    """Word documents to PDF with a LibreOffice profile of its own."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *(str(folder / name) for name in names),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )


def words_of(pdf: Path) -> list[list[tuple[float, float, float, float, str]]]:
    """Per page (x1, y1, x2, y2 in mm, text) of every word."""
    shown = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, timeout=60).stdout
    pages: list[list[tuple[float, float, float, float, str]]] = []
    for line in shown.decode("utf-8").splitlines():
        if "<page " in line:
            pages.append([])
        match = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>', line)
        if match:
            x1, y1, x2, y2 = (float(match.group(at)) * MM_PER_PT for at in range(1, 5))
            text = match.group(5).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            pages[-1].append((x1, y1, x2, y2, text.replace("&quot;", '"').replace("&apos;", "'").replace("&#39;", "'")))
    return pages


def _compare(plan: RecordPlan, pdf: Path, name: int, found: dict[str, Any]) -> None:
    pages = words_of(pdf)
    found["pages"] += len(plan.pages)
    found["continued"] += plan.continuation
    if len(pages) != len(plan.pages):
        found["page_differences"] += 1
        found["failures"].append((name, "pages", len(plan.pages), len(pages)))
        return
    for planned, drawn, words in zip(plan.pages, plan.sheet.pages, pages, strict=True):
        expected = Counter(_SPACE.sub("", "".join(run.text for run in drawn.runs)))
        lost = expected - Counter(_SPACE.sub("", "".join(word[4] for word in words)))
        if lost:
            found["lost_characters"] += sum(lost.values())
            found["failures"].append((name, "lost", planned.number, dict(lost)))
        moved = _leaders_moved(plan, drawn, words)
        if moved:
            found["leaders_moved"] += 1
            found["failures"].append((name, "leaders", planned.number, moved))
        for row, height in rows_of(planned, plan):
            if row.name not in LONG_CELLS:
                continue
            box = drawn.box(row.name)
            inside = [word for word in words if word[0] > box.x_mm and box.y_mm - 1 < (word[1] + word[3]) / 2]
            inside = [word for word in inside if (word[1] + word[3]) / 2 < box.y_mm + height + 1]
            lines = sorted({round((word[1] + word[3]) / 2) for word in inside})
            lowest = max(((word[1] + word[3]) / 2 for word in inside), default=0.0)
            line_mm = (plan.line_pt if row.name == "account" else plan.resolution_line_pt) * MM_PER_PT
            if lowest > box.y_mm + height - line_mm / 2 + 0.6:
                found["spills"] += 1
                found["failures"].append((name, "spill", planned.number, row.name, len(lines), round(lowest, 1)))


def _leaders_moved(plan: RecordPlan, drawn: Page, words: list[tuple[float, float, float, float, str]]) -> list[str]:
    """Leaders' lines that LibreOffice has elsewhere than our drawing, by more than a millimetre and a half."""
    moved = []
    for run in drawn.runs:
        if run.cell not in ("leader_name", "leader_post") or not run.text.strip():
            continue
        middle = run.baseline_mm - 0.35 * run.size_pt * MM_PER_PT
        left = run.x_mm + min(run.places_mm)
        right = run.x_mm + max(run.places_mm) + run.size_pt * MM_PER_PT
        line = "".join(
            word[4]
            for word in sorted(words)
            if abs((word[1] + word[3]) / 2 - middle) < 1.5 and left - 2 < (word[0] + word[2]) / 2 < right + 2
        )
        if _SPACE.sub("", line) != _SPACE.sub("", run.text):
            moved.append(f"{run.text}→{line}")
    return moved


def main() -> int:
    """Convert as many forms as asked for (300) and say what was found; 1 when anything was."""
    asked = [int(word) for word in sys.argv[1:3]]
    count, seed = (*asked, *(300, 1)[len(asked) :])
    found = run(count, seed)
    if not found["ran"]:
        sys.stderr.write("soffice and pdftotext are needed: libreoffice-writer-nogui, poppler-utils\n")
        return 2
    for name, value in found.items():
        sys.stdout.write(f"{name}: {value}\n")
    return 1 if found["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
