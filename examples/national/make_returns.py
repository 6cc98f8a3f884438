"""Write examples/national/returns.xlsx: python examples/national/make_returns.py. Schools and figures are invented."""

from __future__ import annotations

import sys
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from generator.package import Book, pack  # noqa: E402 - the generator is no package that is installed
from generator.pen import Value, foot, head, landscape, line, new_sheet, widths  # noqa: E402

HEAD = ("序号", "学校标识码", "学校名称", "办学类型", "城乡类型", "学段", "在校生数", "高于规定学历教师数",
        "县级以上骨干教师数", "体育、艺术专任教师数", "教学及辅助用房面积（平方米）", "体育运动场馆面积（平方米）",
        "教学仪器设备值（元）", "网络多媒体教室数")  # fmt: skip

SCHOOLS: tuple[tuple[Value, ...], ...] = (
    # All seven met, 学校一 exactly at every limit.
    ("2111990001", "城关第一小学", "小学", "城区", "小学", 1000, 42, 10, 9, 4500, 7500, 2000000, 23),
    ("2111990002", "城关第二小学", "小学", "城区", "小学", 800, 40, 9, 8, 3900, 6400, 1760000, 20),
    # Six met, sports area exactly 85 % of 7.5 m²: 6.375 × 400 = 2550. It passes.
    ("2111990003", "南河小学", "小学", "镇区", "小学", 400, 20, 5, 4, 2000, 2550, 900000, 10),
    # Six met, sports area one square metre below that. It fails.
    ("2111990004", "北河小学", "小学", "镇区", "小学", 400, 21, 5, 4, 2100, 2549, 880000, 10),
    # Five met only, and backbone teachers at half of the requirement. It fails.
    ("2111990005", "东山小学", "小学", "乡村", "小学", 200, 8, 1, 2, 1300, 1800, 520000, 6),
    # Far above the rest in equipment, so that the schools lie too far apart.
    ("2111990006", "西山小学", "小学", "乡村", "小学", 120, 8, 2, 2, 900, 1300, 1440000, 5),
    # 30 pupils: a teaching point stays out, whatever its figures.
    ("2111990007", "后沟教学点", "教学点", "乡村", "小学", 30, 0, 0, 0, 60, 100, 9000, 0),
    # A teaching point of 50 pupils is judged like any school.
    ("2111990008", "前沟教学点", "教学点", "乡村", "小学", 50, 3, 1, 1, 260, 400, 110000, 2),
    ("3111990001", "城关中学", "初级中学", "城区", "初中", 900, 50, 10, 9, 5400, 9300, 2300000, 22),
    ("3111990002", "南河中学", "初级中学", "镇区", "初中", 500, 27, 6, 5, 2950, 5200, 1300000, 12),
    # One school, two rows: its primary section and its junior section.
    ("3111990003", "山里九年一贯制学校", "九年一贯制学校", "乡村", "小学部", 240, 12, 3, 3, 1150, 1900, 500000, 6),
    ("3111990003", "山里九年一贯制学校", "九年一贯制学校", "乡村", "初中部", 150, 9, 2, 2, 900, 1600, 390000, 4),
)  # fmt: skip


def main() -> None:
    """Write the workbook, the same bytes every time."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "资源配置"
    title = "示例县2023年义务教育学校资源配置情况表"
    new_sheet(sheet, title, "N", {"A2:F2": "填报单位：示例县教育局（学校、标识码和数据均为虚构）"})
    head(sheet, [(f"{letter}3", text) for letter, text in zip("ABCDEFGHIJKLMN", HEAD, strict=True)])
    for at, school in enumerate(SCHOOLS):
        line(sheet, at + 4, (at + 1, *school))
    foot(sheet, len(SCHOOLS) + 4, ["注：不足50名学生的教学点不参与评估。"], "N")
    widths(sheet, {"B": 14, "C": 22, "D": 16}, 12, len(HEAD))
    landscape(sheet, "D4", "1:3")
    (HERE / "returns.xlsx").write_bytes(pack(Book(workbook)))


if __name__ == "__main__":
    main()
