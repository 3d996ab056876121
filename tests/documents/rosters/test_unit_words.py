"""Which unit a title, a line, a heading or 单位及职务 names, and when nobody may guess."""

from __future__ import annotations

import pytest

from jiafang_desktop.documents.rosters import units

TITLES = {
    "德政镇2025年5月工资表": "德政镇",
    "中共魏县县委组织部干部花名册": "中共魏县县委组织部",
    "魏县自然资源和规划局在编人员花名册": "魏县自然资源和规划局",
    "泊口镇中心卫生院人员花名册": "泊口镇中心卫生院",
    "魏县德政镇党委政府班子成员名单": "魏县德政镇",
    "关于德政镇机关干部的花名册": "德政镇",
    "德政镇机关干部家访对象花名册": "德政镇",
    "附件1-1 德政镇领导班子成员情况统计表": "德政镇",
    "德政镇中心小学2025—2026学年度第一学期教师花名册": "德政镇中心小学",
    "二〇二五年德政镇机关干部花名册": "德政镇",
    "2025年6月德政镇干部花名册": "德政镇",
    "东代固镇机关在职干部基本情况一览表（2025年6月）": "东代固镇",
    "（德政镇）干部花名册": "德政镇",
    "德政镇干部花名册（续）": "德政镇",
    "魏县公安局民警花名册": "魏县公安局",
    "魏县妇幼保健院职工花名册": "魏县妇幼保健院",
    "德政镇机关及站所人员花名册": "德政镇",
}
NO_TITLES = (
    "2025年魏县乡镇干部花名册",
    "全县科级干部名册",
    "魏县各乡镇（街道）机关干部花名册",
    "魏县县直单位科级干部花名册",
    "机关干部花名册",
    "XX镇干部花名册",
    "____镇干部花名册",
    "魏县教育局所属学校中层干部名单",
    "单位名称：德政镇 干部花名册",
    "关于报送德政镇材料的通知",
)
LINES = {
    "填报单位：德政镇（盖章）": "德政镇",
    "填报单位：德政镇党委　　　　填表人：王小二": "德政镇党委",
    "填报单位(盖章):德政镇   单位负责人(签字):张三": "德政镇",
    "学校：德政中学": "德政中学",
    "单位：人": None,
    "填报单位：________": None,
}
HEADINGS = {
    "一、德政镇（32人）": "德政镇",
    "★德政镇★": "德政镇",
    "第一部分 德政镇": "德政镇",
    "魏城镇  联系人：钱二": "魏城镇",
    "县委组织部": "县委组织部",
    "县纪委监委": "县纪委监委",
    "魏县融媒体中心": "魏县融媒体中心",
    "德政镇卫生院": "德政镇卫生院",
    "德政镇人民政府": "德政镇人民政府",
    "党政办公室": None,
    "便民服务中心": None,
    "综合行政执法队": None,
    "村民委员会": None,
    "一、领导班子（9人）": None,
}
SPLITS = {
    "德政镇党委副书记、镇长": ("德政镇", "党委副书记、镇长"),
    "县退役军人事务局副局长、党组成员": ("县退役军人事务局", "副局长、党组成员"),
    "德政镇，镇长": ("德政镇", "镇长"),
    "德政镇-党政办-科员": ("德政镇", "党政办-科员"),
    "镇长": (None, "镇长"),
}
UNSPLIT = (
    "县委常委、组织部部长",
    "街道办事处主任",
    "乡镇党委书记",
    "魏县公安局德政派出所所长",
    "县财政局德政财政所所长",
)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_names_its_unit(title: str) -> None:
    assert units.unit_of_title(title) == TITLES[title]


@pytest.mark.parametrize("title", NO_TITLES)
def test_a_title_of_many_units_or_none_names_nobody(title: str) -> None:
    assert units.unit_of_title(title) is None


@pytest.mark.parametrize("line", LINES)
def test_a_line_above_the_table_names_its_unit(line: str) -> None:
    assert units.unit_of_line(line) == LINES[line]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_is_a_unit_s_only_when_it_can_be_nothing_else(heading: str) -> None:
    assert units.is_unit_heading(heading) == HEADINGS[heading]


@pytest.mark.parametrize("text", SPLITS)
def test_unit_and_post_are_taken_apart_where_that_is_safe(text: str) -> None:
    assert units.split_unit_post(text, ()) == (*SPLITS[text], True)


@pytest.mark.parametrize("text", UNSPLIT)
def test_unit_and_post_stay_whole_where_it_is_not(text: str) -> None:
    assert units.split_unit_post(text, ()) == (None, text, False)


def test_a_title_full_of_the_same_words_is_answered_at_once() -> None:
    assert units.unit_of_title("德政镇" + "家访对象" * 11 + "的") is None
