"""What a clerk's words for names mean, and which words are nobody: pure cleaning, one value at a time.

Dates of birth are roster_dates', phones and numbers roster_numbers'. Where in a sheet a value stood, and what its
neighbours look like, is documents.rosters' business; who is the same person is identity's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiafang_desktop.common.chinese import halfwidth, is_han, squeeze, tidy, unify_radicals

NAME_DOT = "\u00b7"
# Every dot people type inside 买买提·艾力; unified so that one person is found under all of them.
_DOTS = re.compile(
    "[\u2022\u2027\u30fb\uff0e\u2219\u22c5\u02d9\u25cf\u318d\uff65\u0387\u2024\u16eb]|(?<=[^\\x00-\\x7f])[./](?=[^\\x00-\\x7f])"
)
_BRACKETS = re.compile(r"[（(\[【〔<〈]([^（()）\[\]【】〔〕<>〈〉]*)[)）\]】〕>〉]")
_OPEN_TAIL = re.compile(r"[（(\[【〔].*$")
_UNIT_TAIL = re.compile(r"(?:镇|乡|街道|街道办|局|委员会|办公室|中心|学校|公司|医院|党委|支部|政府)$")
_COUNTED = re.compile(
    r"^(?:[(（]?\d{1,4}[)）]?[.、．:：\s]*|[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]\s*)(?=[\u3400-\u9fff])"
)
_INVISIBLE = re.compile("[\\x00-\\x08\\x0e-\\x1b\\x7f\u00ad]")
_FLAGS = "▲△▼▽★☆◆◇◎●○※√✓✔✘×☑#*＊^~@&+|·、,，.。;；:：'\"‘’“”_-—=! \t"
_SPOKEN_GENDER = re.compile(r"^([^\s]{3,4})\s+([女男])$")
# 张志强，男，汉族，1974.02生 and 张志强 13800001234 in one cell.
_DESCRIBED = re.compile(r"^([^\s,，、;；]{2,5})[\s,，、;；]+([女男])[\s,，、;；]+(\S.*)$", re.DOTALL)
_WITH_PHONE = re.compile(r"^(\D{2,12}?)[\s:：,，、]*(1[3-9]\d{9})$")
_PERHAPS_GENDER = re.compile(r"^[^\s]{2}\s+[女男]$")
_TITLES = re.compile(r"(?<=..)(?:同志|先生|女士)$")
_FAMILY_TAIL = re.compile(r"^.{1,5}族$")
_NOT_NAMES_WORDS = (
    "合计 小计 总计 共计 累计 总数 人数 姓名 名字 单位 职务 性别 备注 说明 注 附注 日期 签字 盖章 空缺 暂缺 "
    "空岗 空编 缺 缺编 无 暂无 没有 "
    "待定 待补 待配 未配备 以下空白 此行空白 空白 以下无正文 填表人 审核人 制表人 负责人 联系人 填报人 复核人 "
    "经办人 审批人 示例 样例 范例 举例 例 例子 "
    "填写示例 填写样例 某某 某某某 男 女 在职 退休 领导班子 班子成员 党政班子 机关干部 一般干部 中层干部 机关 "
    "其他 其他人员 事业编 公务员 "
    "填表说明 填写说明 序号 编号 单位名称 必填 选填 必填项 选填项 文本 文本型 数字 字符 字符型 下拉 下拉选择 手动输入 "
    "要求 以上 以下 续表 附表 附件 本页小计 本页合计 男性 女性 党委 党群 纪委 武装 武装部 政府 政协 人大 工会 妇联 "
    "团委 "
    "支部 班子 正职 副职 正科 副科 正股 副股 科员 职工 职员 干部 领导 党员 群众 公务员 事业 行政 工勤 公益岗 司机 会计"
)
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())
# Offices that stand alone in name columns above their people (党政办, 司法所); 司, 计 and 党 are surnames too.
_OFFICE = re.compile(
    r"^(?:党政|党建|党群|综治|综合|信访|财政|司法|民政|计生|计划|卫计|卫健|农经|农业|农技|农机|农林|林业|水利|水务|国土|自然|文化|"
    r"文广|文旅|社保|人社|社会|社区|社务|扶贫|振兴|乡建|应急|安监|安全|城建|城管|规划|规建|环保|统计|审计|纪检|监察|组织|宣传|"
    r"统战|武装|经管|经发|经济|经贸|企业|畜牧|兽医|退役|便民|执法|行政|人事|财务|计财|办公|后勤|总务|教务|政教|教研|教育|保卫|"
    r"护理|医务|公卫|公共|门诊|急诊|防保|档案|机要|秘书|法制|政法|平安|招商|项目|创建|公路|交通|劳动|老干|群团|工青|妇|村镇|土地|"
    r"内一|内二|外一|外二|检验|放射|药剂|党委|政府|政务|网格|联络|文书|双拥|残联|工商|税务|派出|气象|供电|邮政)+"
    r"(?:服务)?(?:办公室|办|科|股|所|站|室|中心|处|部|组|队|大队|委|大厅|局)$"
)
_PLACEHOLDER = re.compile(
    r"«.*»|^%.+%$|^<.*>$|^＜.*＞$|^《.*》$|^#.+#$|^@[\w]+@?$|\[\[.*\]\]|\$[A-Za-z_]\w*|"
    r"\{\{.*\}\}|\{%.*%\}|\$\{.*\}|\{\.?[\w.]+\}|<%.*%>|^【[^】]*】$|\[姓名\]|#\{.*\}|&[=<].*|"
    r"^[×xX*＊○〇某]{2,4}$|^.?[×＊*xX]{1,3}$"
)
_EXAMPLE = re.compile(
    r"^(?:示例|样例|范例|举例|例如|例|样|如)[\d一二三]*[:：、.．]|^[（(](?:示例|样例|范例|例|样)[)）]|"
    r"[（(](?:(?:示例|样例|范例)[^（()）]*|例子|例|样)[)）]$"
)

# The surnames an office meets; only ever a hint, never a reason to refuse somebody.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛"
    "闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成"
    "苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾"
    "隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿"
    "国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利于呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡"
    "郄逄綦揣库底咸仉肇矫鄯麴訾蹇酆妫恽贲妥剧院郏岐牧藏靖承扆郤荀撒佀宓啜豹弓果信门拜"
    "富尧闭由暴郇仉伦黑生后占佴青令保仁校问闪宛拱㑇禤么缑帖才抗闇逄召竺续苍化"
)
_COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "长孙",
    "司徒",
    "令狐",
    "夏侯",
    "端木",
    "呼延",
    "申屠",
    "闻人",
    "宇文",
    "轩辕",
    "独孤",
    "南宫",
    "西门",
)


@dataclass(frozen=True, slots=True)
class CleanName:
    """A name as stored; ``gender`` from a trailing （女）; ``note`` says what was taken off; ``doubt`` asks for an eye.

    ``private`` is set when what was taken off must not be kept anywhere (ethnicity); ``phone`` is one typed behind it.
    """

    name: str
    gender: str | None = None
    note: str | None = None
    doubt: str | None = None
    private: bool = False
    phone: str | None = None


def clean_name(raw: str) -> CleanName:
    """张　三 → 张三, minority dots → ·, 张三（女） → 张三 and 女, 同志 off; characters are never normalised."""
    text = _INVISIBLE.sub("", unify_radicals(raw)[0])
    gender: str | None = None
    note: str | None = None
    doubt: str | None = None
    phone: str | None = None
    private = False
    if not text.isalpha() or not text.isprintable() or any("\uff01" <= char <= "\uff5e" for char in text):
        text = _COUNTED.sub("", halfwidth(text).strip() if not text.isascii() else text)
        described = _DESCRIBED.match(text)
        if described:
            text, gender = described.group(1), described.group(2)
            private = "族" in described.group(3)
            note = "姓名后的民族标注已去掉，不保存" if private else "姓名后的其他内容没有存入姓名"
        called = _WITH_PHONE.match(text)
        if called:
            text, phone, note = called.group(1), called.group(2), "姓名后的电话没有存入姓名"
        for inner in _BRACKETS.findall(text):
            sex, kept, ethnic = _behind(inner)
            gender = sex or gender
            if ethnic:
                private, note = True, "姓名后的民族标注已去掉，不保存"
            elif kept and not private:
                note = f"姓名后的“（{kept}）”没有存入姓名"
        text = _BRACKETS.sub("", text).strip()
        spoken = _SPOKEN_GENDER.match(text)
        if spoken:
            text, gender = spoken.group(1), gender or spoken.group(2)
        elif _PERHAPS_GENDER.match(text):
            doubt = "姓名后像是写了性别，请核对"
        text = _OPEN_TAIL.sub("", text)
        text = _DOTS.sub(NAME_DOT, text)
        if not _is_latin(text):
            text = squeeze(text)
        text = text.strip(_FLAGS)
    cut = _TITLES.sub("", text)
    if cut != text:
        note = note or "姓名后的称呼已去掉"
        text = cut
    return CleanName(
        text if not _is_latin(text) else tidy(text), gender, note, name_doubt(text) or doubt, private, phone
    )


def _behind(inner: str) -> tuple[str | None, str, bool]:
    """What stands in brackets behind a name: the gender, the other words, and whether an ethnicity was among them."""
    gender: str | None = None
    ethnic = False
    others = []
    for part in re.split(r"[,，、;；/\s]+", inner.strip()):
        if part[:1] in ("女", "男") and (len(part) < 3 or part.endswith("族")):
            gender, part = part[0], part[1:].removeprefix("性")
        if _FAMILY_TAIL.match(part) or part in ("回", "满", "汉", "壮", "苗", "蒙"):
            ethnic = True
        elif part:
            others.append(part)
    return gender, "、".join(others), ethnic


def _is_latin(text: str) -> bool:
    return bool(text) and all(ord(char) < 0x250 for char in text)


def name_doubt(name: str) -> str | None:
    """Why ``name`` needs a person's eye, in Chinese; None when it looks like one person's name."""
    if not name:
        return "没有姓名"
    if name.isdigit() or all(not char.isalpha() and not is_han(char) for char in name):
        return "姓名一栏不是人名"
    if any(char.isdigit() for char in name):
        return "姓名中有数字，请核对"
    if _is_latin(name):
        return "姓名是字母，请核对"
    if any("A" <= char <= "Z" or "a" <= char <= "z" for char in name):
        return "姓名中有字母，请核对"
    if "、" in name or "," in name or "，" in name or "/" in name or ";" in name or "；" in name:
        return "一格里像有几个人，请分成几行"
    if "?" in name or "□" in name or "\ufffd" in name or "■" in name or "？" in name:
        return "姓名中有显示不出来的字，请核对"
    length = len(name)
    if length == 1:
        return "姓名只有一个字，请核对"
    if (length > 2 and name[0] not in SURNAMES and _UNIT_TAIL.search(name)) or _OFFICE.match(name):
        return "这里像是单位名称，不是人名"
    if NAME_DOT not in name and length > 4 and not (length <= 5 and name[:2] in _COMPOUND):
        return "姓名太长，请核对" if length <= 8 else "这里不像是人名，请核对"
    return None


def looks_like_name(text: str) -> bool:
    """Whether the cell ``text`` is most likely one person's name: 2–4 characters with a known surname, or with ·."""
    name = squeeze(text) if not text.isalpha() else text
    length = len(name)
    if length < 2 or length > 22 or name in _NOT_NAMES:
        return False
    if not (name[0] in SURNAMES or NAME_DOT in name or "." in name or "•" in name):
        return False
    if length <= 3 and all("\u4e00" <= char <= "\u9fff" for char in name):
        return True
    cleaned = clean_name(text)
    return cleaned.doubt is None and (cleaned.name[:1] in SURNAMES or NAME_DOT in cleaned.name)


def is_not_a_name(name: str) -> bool:
    """Words that stand in name columns but are nobody (合计, 空缺, 填表人 …)."""
    return name in _NOT_NAMES


def is_office(name: str) -> bool:
    """Whether the words are an office's (党政办公室, 司法所), whatever surname they begin with."""
    return bool(_OFFICE.match(name))


def is_placeholder(text: str) -> bool:
    """{{姓名}}, {.name}, ${name}, 【姓名】, ×××, 示例：张三 are nobody."""
    stripped = text.strip()
    return bool(_PLACEHOLDER.search(stripped) or _EXAMPLE.search(stripped))


# What a clerk writes into a cell that says nothing.
_EMPTY = frozenset(
    (
        *("", "无", "/", "-", "—", "——", "--", "\\", "不详", "未知", "无。", "*", "、", "一", "…", "……"),
        *("N/A", "n/a", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "NULL", "null", "None", "nan"),
    )
)


def is_blank(text: str) -> bool:
    """Whether a clerk's cell says nothing (empty, 无, /, —, #N/A)."""
    if text[:1].isalnum():
        return text in _EMPTY or text.strip() in _EMPTY
    return text in _EMPTY or not text.strip(" \t\r\n\u3000\u00a0-—－–_/／\\*.。·…、") or text.strip() in _EMPTY
