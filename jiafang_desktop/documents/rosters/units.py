"""Unit names in running text: 单位：… lines and titles above a table, and 单位及职务 taken apart where that is safe.

When it is not certain, nothing is guessed: the caller keeps the whole text and says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from jiafang_desktop.common.chinese import halfwidth, squeeze, tidy

_SUFFIX = (
    "街道办事处|街道|镇人民政府|乡人民政府|镇政府|乡政府|镇|乡|管理委员会|委员会|管委会|办事处|管理局|分局|总局|局|办公室|中心|人民法院|法院|人民检察院|检察院|中医院|医院|卫生院|保健院|敬老院|党校|学校|"
    "中学|小学|幼儿园|联合会|工会|妇联|团委|残联|工商联|科协|文联|红十字会|档案馆|图书馆|文化馆|公司|集团|银行|联社|农场|林场|大队|支队|研究所|组织部|宣传部|统战部|政法委|纪委监委|"
    "县委办|政府办|人大办|政协办|编办|巡察办|信访局|研究室|供销社|气象局|税务局"
)
_POST_WORD = (
    "党委|党组|党工委|党总支|党支部|人大|政府|政协|纪委|纪工委|武装|党政|副|书记|镇长|乡长|局长|主任|部长|院长|校长|科长|股长|所长|站长|队长|馆长|园长|经理|董事|会长|主席|主席团|常务|常委|委员|组织|宣传|统战|政法|"
    "一级|二级|三级|四级|科员|办事员|职员|干事|工作人员|文员|会计|出纳|司机|驾驶员|教师|老师|医生|护士|调研员|主任科员|秘书|助理|专职|兼职|负责人|检察长|庭长|法官|支书|技术员|工程师|农艺师|党建|扶贫|综治|包村|"
    "原|正科|干部|职工|工人|公务员|组织员|宣传员|网格员|协管员|大队长|教导员|指导员|总工|巡视员|机关|代|试用"
)
_SPLIT = re.compile(rf"(?:{_SUFFIX})(?=(?:{_POST_WORD}))")
_TOWNSHIP = re.compile(
    r"^((?:[^、，,\s]{2,6}?县)?[^、，,\s县乡镇]{1,6}?(?:镇|乡|街道办事处|街道))(?!长|镇|党委办|政府办公室$)(?=.)"
)
_SECTION = re.compile(rf"^[^、，,]{{1,14}}?(?:办公室|办|股|科|室|站|所|中心|大队|队|庭|处|部)(?:{_POST_WORD}).*$")
_POST_START = re.compile(rf"^(?:{_POST_WORD})")
_POST_END = re.compile(
    r"(?:书记|长|主任|主席|委员|科员|办事员|职员|干事|人员|会计|司机|教师|医生|护士|调研员|秘书|助理|负责人|"
    r"文员|干部|职工|员|师)$"
)
_UNIT_END = re.compile(rf"(?:{_SUFFIX})$")
_UNIT_LINE = re.compile(
    r"(?:(?:填报|呈报|报送|报表|上报|所在|申报|推荐|制表|编制|统计|主管|填表|工作)?(?:单\s*位|部\s*门)(?:名称|"
    r"全称)?|学\s*校(?:名称)?|(?:填报)?乡\s*镇(?:[（(]街道[)）])?|机构名称)"
    r"\s*(?:[（(][^（()）:：]{0,8}[)）])?\s*[:：]\s*(.*)$"
)
_REPORTING = re.compile(r"(?:填报|呈报|报送|上报|所在|申报|推荐)单\s*位")
_MAKER = re.compile(r"^\s*(?:编制|制表|统计|主管|审核|审批|打印|印制)\s*(?:单\s*位|部\s*门)")
_INNER_ORGAN = re.compile(r"^.{0,10}?(?:中学|小学|学校|幼儿园|卫生院|医院|公司|法庭|派出所)(?=.)")
_AFTER_UNIT = re.compile(
    r"(?:\s{2,}|[（(](?:盖|公|签|印)?章.*|填\s*表|填\s*报|填\s*写|制\s*表|报\s*送|日\s*期|时\s*间|"
    r"单\s*位\s*[:：]|联\s*系|\d{4}\s*[年./-]|年\s*月|审\s*核|负责人).*$"
)
_WHEN = (
    r"(?:[\d〇零○一二三四五六七八九]{4}(?:[—~至-]+\d{4})?(?:学年度?|年度?)?|\d{1,2}月份?|\d{1,2}日|第?[一二三四]季度|"
    r"第?[一二]学期|[上下]半年|最新|新)"
)
_WHO = (
    "党委|党政|政府|机关|全体|全员|在职|在编|在岗|现职|现任|现有|科级|股级|正科|副科|中层|领导|班子|成员|一般|普通|副科级|以上|以下|"
    "干部|职工|工作人员|人员|公务员|事业|编制|编外|教职工|教职员工|教师|教职员|老师|医护|医务|护士|医生|民警|干警|警察|辅警|党员|"
    "后备|年轻|及|和|、|的|管理|所属|家访|家访对象|对象|任职|新任职|下派|驻村|村|社区|两委|县管|本级|离退休|退休|离职|工勤|聘用|临时|"
    "合同制|公益岗|新录用|选调生|大学生|支部|书记|委员|主任|校长|园长|队员|网格员|联系方式|联系|电话|人事|档案|工资|考勤|签到|分工|"
    "站所|所站|科室|股室|内设机构|采集|登记|统计|核对|调查|摸底|汇总|公示|报名|参会|参训|培训|体检|慰问|学年|学期|年度|本单位"
)
_LIST = (
    "花名册|名册|名单|信息表|统计表|登记表|情况表|一览表|通讯录|通信录|明细表|台账|信息|情况|汇总表|采集表|花名表|名录|简表|简明表|"
    "档案|基本表|表|册"
)
_TITLE = re.compile(
    rf"^(?:附件?[\d一二三四五六七八九十]*(?:[-.][\d]+)?[:：.、]?|附表\d*[:：]?|关于)?(?:{_WHEN})*(?P<unit>.{{2,18}}?(?:{_SUFFIX}))"
    rf"(?:{_WHEN}|{_WHO})*(?:基本)?(?:信息|情况)?(?:{_LIST})(?:续|一|二|三|\d)?$"
)
_MANY_UNITS = re.compile(
    r"全县|各乡|各单位|各镇|各村|乡镇|县直|全镇$|全乡$|市直|部分|所有|有关|所属|下属|辖区|[:：]|单位名称|^机关|系统"
)
_GENERIC_WORDS = (
    "街道办事处 办事处 街道 乡镇 镇 乡 机关 本局 本镇 本乡 办公室 中心 学校 医院 我局 我镇 全局 全镇 全校 全院 本单位"
)
_GENERIC_UNITS = frozenset(_GENERIC_WORDS.split())
_HEADED = re.compile(
    r"(?:镇|乡|街道|街道办事处|人民政府|局|法院|检察院|医院|卫生院|保健院|中学|小学|幼儿园|学校|党校|组织部|宣传部|统战部|政法委|"
    r"纪委监委|公司|银行|联社)$"
)
_COUNTY_HEADED = re.compile(r"^(?:中共|[^\s、，,]{0,3}县|市).*(?:办公室|中心|委员会|办|委|部|队|院|馆|会|校|社|台)$")
_NO_UNIT = re.compile(r"^(?:[_\-—＿/\\\s]*|[XxＸ×*某]{1,4}.{0,4}|.{0,4}[XxＸ×]{2}.*|\{.*|【.*)$")


def clean_unit(text: str) -> str:
    """A unit as typed, without white space inside Chinese and with Chinese brackets kept."""
    return squeeze(text) if not text.isascii() else tidy(text)


def unit_of_line(text: str, following: str = "") -> str | None:
    """The unit a line above the table names (填报单位（盖章）：德政镇); ``following`` is the next cell."""
    asked = _REPORTING.search(text)
    match = _UNIT_LINE.search(text, asked.start() if asked else 0)
    if match is None or len(text) > 120:
        return None
    value = _AFTER_UNIT.sub("", re.sub(r"^\s*[（(](?:盖|公|签|印)?章[)）]", "", match.group(1))).strip(
        " \u3000_＿:：;；"
    )
    if not value:
        value = following.strip()
    value = clean_unit(_AFTER_UNIT.sub("", value)).strip("_＿()（）") if value else ""
    if not value or len(value) > 30 or _NO_UNIT.match(value) or value in ("人", "元", "万元", "名", "人次", "个"):
        return None
    return value


def is_maker_line(text: str) -> bool:
    """Whether the line names whoever made the form (编制单位：县委组织部), not whose people stand in it."""
    return bool(_MAKER.match(text)) and not _REPORTING.search(text)


def unit_of_title(text: str) -> str | None:
    """The unit a title names (魏县德政镇干部花名册); None for titles of many units (全县乡镇干部名册)."""
    plain = squeeze(halfwidth(text)) if len(text) <= 80 else ""
    plain = re.sub(
        r"[(\[【《][^()\[\]【】《》]*\d[^()\[\]【】《》]*[)\]】》]|[(]续表?[)]$|\d{4}[年.]\d{1,2}月?(?:\d{1,2}日)?$",
        "",
        plain,
    )
    plain = re.sub(r"^[(【《]([^()【】《》]{2,18})[)】》]", r"\1", plain).strip("《》【】*-—_·.。")
    match = _TITLE.match(plain)
    if match is None or len(plain) > 50:
        return None
    unit = match.group("unit")
    if _MANY_UNITS.search(unit) or re.search(r"[XxＸ×*_＿某○〇?？…]{1,}", unit) or unit in _GENERIC_UNITS:
        return None
    return None if plain[match.end("unit") :].startswith(("镇", "街道", "直")) else unit


def is_unit_heading(text: str) -> str | None:
    """A group line over people without a unit column: 一、魏城镇（12人） → 魏城镇."""
    pieces = [piece for piece in re.split(r"\s{2,}|\u3000+", text.strip()) if piece]
    if len(pieces) > 1 and any("：" in piece or ":" in piece for piece in pieces[1:]):
        text = pieces[0]
    plain = squeeze(text).strip("★☆▲△◆◇●○※*#【】〔〕[]《》“”\"'-—_=")
    plain = re.sub(
        r"^(?:第[一二三四五六七八九十\d]+(?:部分|组|类|批|片区?)[、:：]?|[（(]?[\d一二三四五六七八九十]+[)）]?[、.．:：]?)",
        "",
        plain,
    )
    plain = re.sub(r"[（(].*$|[:：].*$|共?(?:计)?\d+人$", "", plain)
    if not 2 < len(plain) <= 20 or plain in _GENERIC_UNITS or any(mark in plain for mark in "、，,。；;"):
        return None
    return plain if _HEADED.search(plain) or _COUNTY_HEADED.match(plain) else None


def split_unit_post(text: str, known: Collection[str]) -> tuple[str | None, str | None, bool]:
    """单位及职务 → (unit, post, certain). Uncertain gives (None, the whole text, False)."""
    whole = tidy(text)
    pieces = [piece for piece in re.split(r"[\s]+", whole) if piece]
    if len(pieces) == 2 and _UNIT_END.search(pieces[0]) and not _UNIT_END.search(pieces[1]):
        return pieces[0], pieces[1], True
    plain = squeeze(whole)
    parted = re.match(r"^([^、，,/／—-]{2,20})[，,/／—-]+(.+)$", plain)
    if parted and _UNIT_END.search(parted.group(1)) and not _UNIT_END.search(parted.group(2)):
        return parted.group(1), parted.group(2), True
    prefix = max((unit for unit in known if unit and plain.startswith(unit)), key=len, default=None)
    if prefix is not None:
        rest = plain[len(prefix) :].lstrip("、，,-—:：/")
        if not rest:
            return prefix, None, True
        if rest != "长" and not rest.startswith(("人民政府", "政府")) and not _INNER_ORGAN.match(rest):
            return prefix, rest, True
    township = _TOWNSHIP.match(plain)
    if township and township.group(1) not in _GENERIC_UNITS:
        rest = plain[township.end(1) :]
        office = re.match(r"^(?:人民政府|政府)(?=.)", rest)
        if _POST_START.match(rest) or _SECTION.match(rest):
            if office and _POST_START.match(rest[office.end() :]) and "、" not in rest and rest.startswith("人民政府"):
                return township.group(1) + office.group(), rest[office.end() :], True
            return township.group(1), rest, True
    cuts = [match.end() for match in _SPLIT.finditer(plain)]
    inner = [match.end() for match in re.finditer(rf"(?:{_SUFFIX})", plain)]
    if len(cuts) == 1 and len([at for at in inner if at <= cuts[0]]) == 1 and _is_unit(plain[: cuts[0]]):
        return plain[: cuts[0]], plain[cuts[0] :], True
    if _UNIT_END.search(plain) and not _POST_END.search(plain):
        return plain, None, True
    if _POST_START.match(plain) and not cuts:
        return None, plain, True
    return None, whole, False


def _is_unit(text: str) -> bool:
    return len(text) >= 3 and text not in _GENERIC_UNITS and not any(mark in text for mark in "、，,；;")
