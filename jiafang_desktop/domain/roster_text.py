"""What a clerk's words for names, dates of birth, phones and numbers mean: pure cleaning, one value at a time.

Every function gives the clean value, or None with a Chinese sentence saying what is wrong. Where in a sheet a value
stood, and what its neighbours look like, is documents.rosters' business; who is the same person is identity's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from jiafang_desktop.common.chinese import halfwidth, is_han, squeeze, tidy, unify_radicals

NAME_DOT = "\u00b7"
# Every dot people type inside 买买提·艾力; unified so that one person is found under all of them.
_DOTS = re.compile(
    "[\u2022\u2027\u30fb\uff0e\u2219\u22c5\u02d9\u25cf\u318d\uff65\u0387\u2024\u16eb]|(?<=[^\\x00-\\x7f])[./](?=[^\\x00-\\x7f])"
)
_BRACKETS = re.compile(r"[（(\[【〔<〈]([^（()）\[\]【】〔〕<>〈〉]*)[)）\]】〕>〉]")
_OPEN_TAIL = re.compile(r"[（(\[【〔].*$")
_UNIT_TAIL = re.compile(r"(?:镇|乡|街道|街道办|局|委员会|办公室|中心|学校|公司|医院|党委|支部|政府)$")
_COUNTED = re.compile(r"^[(（]?\d{1,4}[)）]?[.、．:：\s]+(?=[\u3400-\u9fff])|^[(（]\d{1,4}[)）](?=[\u3400-\u9fff])")
_TITLES = re.compile(r"(?<=..)(?:同志|先生|女士)$")
_FAMILY_TAIL = re.compile(r"^.{1,5}族$")
_NOT_NAMES_WORDS = (
    "合计 小计 总计 共计 累计 总数 人数 姓名 名字 单位 职务 性别 备注 说明 注 附注 日期 签字 盖章 空缺 暂缺 "
    "空岗 空编 缺 缺编 无 暂无 没有 "
    "待定 待补 待配 未配备 以下空白 此行空白 空白 以下无正文 填表人 审核人 制表人 负责人 联系人 填报人 复核人 "
    "经办人 审批人 示例 样例 范例 举例 例 例子 "
    "填写示例 填写样例 某某 某某某 男 女 在职 退休 领导班子 班子成员 党政班子 机关干部 一般干部 中层干部 机关 "
    "其他 其他人员 事业编 公务员 "
    "填表说明 填写说明 序号 编号 单位名称"
)
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())
_PLACEHOLDER = re.compile(
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

    ``private`` is set when what was taken off must not be kept anywhere (ethnicity).
    """

    name: str
    gender: str | None = None
    note: str | None = None
    doubt: str | None = None
    private: bool = False


def clean_name(raw: str) -> CleanName:
    """张　三 → 张三, minority dots → ·, 张三（女） → 张三 and 女, 同志 off; characters are never normalised."""
    text, _ = unify_radicals(raw)
    gender: str | None = None
    note: str | None = None
    private = False
    if not text.isalpha() or not text.isprintable() or any("\uff01" <= char <= "\uff5e" for char in text):
        text = _COUNTED.sub("", halfwidth(text).strip() if not text.isascii() else text)
        for inner in _BRACKETS.findall(text):
            inner = squeeze(inner)
            if inner in ("女", "男"):
                gender = inner
            elif _FAMILY_TAIL.match(inner):
                private, note = True, "姓名后的民族标注已去掉，不保存"
            elif inner in ("女性", "男性"):
                gender = inner[0]
            elif inner:
                sex = re.match(r"^(女|男)[,，、;；\s]", inner)
                if sex:
                    gender = sex.group(1)
                private = private or "族" in inner
                note = "姓名后的民族标注已去掉，不保存" if private else f"姓名后的“（{inner}）”没有存入姓名"
        text = _BRACKETS.sub("", text)
        text = _OPEN_TAIL.sub("", text)
        text = _DOTS.sub(NAME_DOT, text)
        if not _is_latin(text):
            text = squeeze(text)
        text = text.strip("*＊#·、,，.。;；:： \t")
    cut = _TITLES.sub("", text)
    if cut != text:
        note = note or "姓名后的称呼已去掉"
        text = cut
    return CleanName(text if _is_latin(text) is False else tidy(text), gender, note, name_doubt(text), private)


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
    if length > 2 and name[0] not in SURNAMES and _UNIT_TAIL.search(name):
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


def is_placeholder(text: str) -> bool:
    """{{姓名}}, {.name}, ${name}, 【姓名】, ×××, 示例：张三 are nobody."""
    stripped = text.strip()
    return bool(_PLACEHOLDER.search(stripped) or _EXAMPLE.search(stripped))


# ---------------------------------------------------------------------------------------------- dates

_SEPARATED = re.compile(
    r"^(\d{4}|\d{2})(?:年|[./\-_、,，。·:;\\~]|\s)+(\d{1,2})(?:月(?:份)?)?(?:(?:[./\-_、,，。·:;\\]|"
    r"\s)*(\d{1,2})(?:日|号)?)?[.。、]?$"
)
_PACKED = re.compile(r"^((?:18|19|20)\d{2})(\d{2})(\d{2})?$")
_PACKED_SHORT = re.compile(r"^(\d{2})(\d{2})(\d{2})$")
_TRAIL = re.compile(r"(?:出?生人?|左右|[（(][^（()）]*[)）]|\d{1,3}岁)$")
_TIME = re.compile(r"(?<=\d)[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_CHINESE_DATE = re.compile(
    r"^([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号])?$"
)
_NUMERALS = {char: index for index, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_EPOCH = date(1899, 12, 30)
_EMPTY = frozenset(
    (
        *("", "无", "/", "-", "—", "——", "--", "\\", "不详", "未知", "无。", "*", "、", "一", "…", "……"),
        *("N/A", "n/a", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "NULL", "null", "None", "nan"),
    )
)


def is_blank(text: str) -> bool:
    """Whether a clerk's cell says nothing (empty, 无, /, —, #N/A)."""
    return text in _EMPTY or text.strip() in _EMPTY


@dataclass(frozen=True, slots=True)
class CleanDate:
    """``value`` is YYYY-MM or YYYY-MM-DD; ``problem`` stands when nothing could be stored or the value is a guess."""

    value: str | None
    problem: str | None = None


def clean_birth(
    raw: str, *, today: date, number: bool = False, unpadded: bool = False, padded: bool = False
) -> CleanDate:
    """A birth month or date from a cell's text.

    Args:
        number: the cell held a number, so 1980.10 has lost its zero and whole numbers may be Excel serials.
        unpadded: the column's other numbers write March as .3, so .1 may be January or October.
        padded: the column's other cells write March as .03, so a text 1980.1 is doubtful.
    """
    text = halfwidth(tidy(raw)).strip()
    text = _TIME.sub("", text)
    lunar = "农历" in text or "阴历" in text
    text = re.sub(r"农历|阴历|阳历|公历|约|['’‘`]|^[:：]", "", text)
    previous = None
    while previous != text:
        previous, text = text, _TRAIL.sub("", text).strip()
    chinese = _CHINESE_DATE.match(squeeze(text))
    if chinese:
        year = int("".join(str(_NUMERALS[char]) for char in chinese.group(1)))
        return _dated(year, _numeral(chinese.group(2)), _numeral(chinese.group(3)), today=today, lunar=lunar)
    if number:
        special = _numeric_birth(text, today=today, unpadded=unpadded)
        if special is not None:
            return special
    match = _SEPARATED.match(text) or _SEPARATED.match(squeeze(text)) or _PACKED.match(squeeze(text))
    if match is None:
        return _odd_date(squeeze(text), today)
    year, month = int(match.group(1)), int(match.group(2))
    day = int(match.group(3)) if match.group(3) else None
    guess = None
    if len(match.group(1)) == 2:
        year, guess = _century(year, today), "年份只有两位，请核对"
    elif padded and not number and re.match(r"^\d{4}\.1$", text):
        guess = "可能是1月，也可能是10月丢了0，请核对"
    return _dated(year, month, day, today=today, guess=guess, lunar=lunar)


def _numeric_birth(text: str, *, today: date, unpadded: bool) -> CleanDate | None:
    lost_zero = re.match(r"^(\d{4}|\d{2})\.1$", text)
    if lost_zero:
        year = int(lost_zero.group(1))
        year = _century(year, today) if year < 100 else year
        if unpadded:
            return CleanDate(None, "可能是1月，也可能是10月（数字丢了末尾的0），请核对后填写")
        found = _dated(year, 10, None, today=today)
        return CleanDate(found.value, found.problem or "数字丢了末尾的0，按10月存入，请核对")
    if re.match(r"^\d{4,5}(\.\d+)?$", text) and "." not in text:
        serial = int(text)
        if 3000 <= serial <= 73050 and not 1900 <= serial <= 2100:
            return _from_date(_EPOCH + timedelta(days=serial), today)
    return None


def _odd_date(text: str, today: date) -> CleanDate:
    short = _PACKED_SHORT.match(text)
    if short:
        year = _century(int(short.group(1)), today)
        return _dated(year, int(short.group(2)), int(short.group(3)), today=today, guess="年份只有两位，请核对")
    if re.match(r"^\d{4}年?$", text):
        return CleanDate(None, "只有年份，没有月份")
    return CleanDate(None, "看不出是哪年哪月")


def _numeral(text: str | None) -> int | None:
    if not text:
        return None
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)
    return _NUMERALS[text] if len(text) == 1 else 99


def _century(two_digits: int, today: date) -> int:
    # Nobody on a roster is younger than 15 or was born before 1930.
    return 2000 + two_digits if two_digits <= (today.year - 15) % 100 and two_digits < 30 else 1900 + two_digits


def _from_date(day: date, today: date) -> CleanDate:
    return _dated(day.year, day.month, day.day, today=today)


def _dated(
    year: int, month: int | None, day: int | None, *, today: date, guess: str | None = None, lunar: bool = False
) -> CleanDate:
    if month is None or not 1 <= month <= 12:
        return CleanDate(None, f"没有{month}月这样的月份" if month is not None else "没有月份")
    try:
        whole = date(year, month, day if day is not None else 1)
    except ValueError:
        return CleanDate(None, f"没有{year}年{month}月{day}日这一天")
    if whole > today:
        return CleanDate(None, "日期在今天之后")
    if year < 1900:
        return CleanDate(None, "年份太早，请核对")
    problem = guess or ("写的是农历，请核对" if lunar else None)
    if problem is None and year > today.year - 15:
        problem = "年龄不到十五岁，请核对"
    return CleanDate(f"{year:04d}-{month:02d}" if day is None else whole.isoformat(), problem)


def is_real_date(value: str) -> bool:
    """Whether ``value`` is YYYY-MM or YYYY-MM-DD and exists."""
    match = re.match(r"^(\d{4})-(\d{2})(?:-(\d{2}))?$", value)
    if not match:
        return False
    try:
        date(int(match.group(1)), int(match.group(2)), int(match.group(3) or 1))
    except ValueError:
        return False
    return True


# ------------------------------------------------------------------------------------ phones and numbers

_MOBILE = re.compile(r"^1[3-9][\d*＊xX×•]{9}$")
_LANDLINE = re.compile(r"^(?:\(?0\d{2,3}\)?-?)?[1-9*][\d*]{6,7}(?:(?:-|转)\d{1,6})?$")
_SPLIT_PHONES = re.compile(r"[、,，;；/／\s|]+")
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?[eE]\+?\d{1,2}$")
_ID_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXxＸ](?!\d)")


def digits_of(text: str) -> str:
    """Numbers as text with every digit: 13800001234.0 and 1.3800001234E+10 → 13800001234; else unchanged."""
    if text.endswith(".0") and text[:-2].isdigit():
        return text[:-2]
    if _SCIENTIFIC.match(text):
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        mantissa = len(text.lower().split("e")[0].replace(".", ""))
        if number == number.to_integral_value() and mantissa >= len(str(int(number))) - 1:
            return str(int(number))
    return text


def clean_phone(raw: str) -> tuple[str | None, str | None]:
    """A phone as digits (masks like 138****1234 allowed, several joined by 、), and what is wrong with it."""
    if len(raw) == 11 and raw.isdigit() and raw[0] == "1":
        return (raw, None) if raw[1] in "3456789" else (None, "手机号码不对，请核对")
    text = halfwidth(tidy(raw))
    if text and _SCIENTIFIC.match(digits_of(text)):
        return None, "号码被显示成了科学计数法，数字已丢失"
    whole = re.sub(r"^(?:\+?86|0086)[- ]?(?=1)", "", digits_of(text))
    joined = re.sub(r"[\s\-—－–]", "", whole)
    if _MOBILE.match(joined):
        return joined, None
    if _LANDLINE.match(re.sub(r"[\s]", "", whole.replace("—", "-").replace("–", "-"))):
        return re.sub(r"[\s]", "", whole.replace("—", "-").replace("–", "-")), None
    parts = [part for part in _SPLIT_PHONES.split(text) if part]
    if len(parts) > 1 and all(_MOBILE.match(part) or _LANDLINE.match(part) for part in parts):
        return "、".join(parts), None
    if _ID_NUMBER.search(text):
        return None, "这里像是身份证号码，没有导入"
    bracketed = re.match(r"^(1[3-9]\d[\d\s-]{8,10})\s*[（(][^（()）]*[)）]$", text)
    if bracketed:
        number = re.sub(r"[\s-]", "", bracketed.group(1))
        return (number, None) if len(number) == 11 else (None, "电话号码不对，请核对")
    if joined.isdigit() and joined.startswith("1") and 9 <= len(joined) <= 13:
        return None, f"手机号码应为11位，这里是{len(joined)}位"
    return None, "电话号码不对，请核对"


def clean_number(raw: str) -> tuple[str | None, str | None]:
    """An employee number as text, leading zeros kept, and what is wrong with it."""
    if raw.isdigit() and raw.isascii() and len(raw) < 15:
        return raw, None
    text = digits_of(halfwidth(squeeze(raw)))
    if _SCIENTIFIC.match(text):
        return None, "编号被显示成了科学计数法，数字已丢失"
    if _ID_NUMBER.search(text):
        return None, "这里像是身份证号码，没有导入"
    return text or None, None


def without_id_numbers(text: str) -> tuple[str, bool]:
    """``text`` with every identity-card number cut out, and whether there was one."""
    if len(text) < 18:
        return text, False
    cut = _ID_NUMBER.sub("", text)
    return (tidy(cut), True) if cut != text else (text, False)


def looks_like_id_number(text: str) -> bool:
    """Whether the cell is an identity-card number (18 digits, last may be X, or masked in the middle)."""
    plain = squeeze(halfwidth(text)) if not text.isdigit() else text
    return (
        bool(re.match(r"^[1-9]\d{5}(?:\d{8}|\*{6,8}|\d{4}\*{4,8})(?:\d{3}|\d*\**)[\dXx*]$", plain))
        and 15 <= len(plain) <= 18
    )


def clean_gender(raw: str) -> tuple[str | None, str | None]:
    """男 or 女, and what is wrong."""
    text = squeeze(raw)
    if text in ("男", "女"):
        return text, None
    if text in ("男性", "男士", "男同志", "1男"):
        return "男", None
    if text in ("女性", "女士", "女同志", "2女"):
        return "女", None
    return None, "性别应为男或女"
