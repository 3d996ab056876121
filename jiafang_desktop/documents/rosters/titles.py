"""What column titles mean: the office's many words for a roster's fields, and the look-alikes that are none.

Only titles are judged here; header finds where they stand, and columns looks at what stands beneath them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jiafang_desktop.common.chinese import halfwidth, squeeze

# Known titles by field, best first: of two columns for one field the earlier word wins.
_WORDS: dict[str, str] = {
    "name": "姓名 干部姓名 人员姓名 本人姓名 姓名全称 员工姓名 职工姓名 教师姓名 党员姓名 工作人员姓名 "
    "领导干部姓名 班子成员姓名 现用姓名 同志姓名 姓氏名字 名字 名姓 人名 姓名汉字 中文姓名 "
    "真实姓名 干部名字 家访对象姓名 对象姓名 人员名单 干部名单 人员 干部 成员姓名 公务员姓名 村干部姓名 name",
    "unit": "单位 单位名称 所在单位 工作单位 现工作单位 任职单位 所属单位 单位全称 现单位 现所在单位 "
    "所在工作单位 本人单位 单位简称 单位部门 部门单位 部门(单位) 任职单位名称 现任职单位 "
    "服务单位 乡镇 乡镇街道 乡镇名称 所在乡镇 所属乡镇 街道乡镇 乡镇办 镇街 乡镇区 乡镇单位 乡镇街道部门 "
    "机构名称 学校 学校名称 工作单位名称 工作单位全称 编制单位 编制所在单位 组织机构 "
    "乡镇(街道) 县直单位 主体单位 unit",
    "section": "内设机构 科室 部门 股室 处室 所在部门 所在科室 所在股室 所属部门 所属科室 科室名称 部门名称 "
    "内设科室 内设部门 工作部门 科股室 科室部门 部门科室 站所 所在站所 股站 "
    "二级机构 内设机构名称 所在内设机构 岗位部门 办公室 工作科室 站办所 所办站 办站所 下属机构 内设股室 section "
    "department",
    "post": "职务名称 现任职务 职务 现职务 现任职务名称 职务全称 现任职务全称 担任职务 行政职务 所任职务 "
    "工作职务 任职职务 现任职位 职位 职务岗位 岗位职务 现任职 现职 工作岗位 岗位 "
    "任职情况 岗位名称 职位名称 党政职务 党内外职务 党内职务 职务职级 职务及职级 职务职称 职务及职称 岗位职称 "
    "职务分工 现任职务及分工 "
    "职务级别 职务层次及名称 现职称谓 现任 本人职务 所任岗位 post",
    "unit_post": "单位及职务 工作单位及职务 单位职务 现工作单位及职务 单位和职务 工作单位和职务 现任单位及职务 "
    "工作单位职务 工作单位及现任职务 单位及现任职务 所在单位及职务 任职单位及职务 "
    "现任工作单位及职务 工作单位及职位 单位与职务 单位岗位 单位及岗位 工作单位及岗位 所在单位职务 现单位及职务 "
    "工作单位及现职务 单位现任职务 现工作单位职务 现任职单位及职务 单位名称及职务 "
    "现工作单位及现任职务 所在单位及现任职务 部门及职务 工作单位与职务 单位或职务",
    "managed_by": "管理权限 干部管理权限 管理单位 管理层级 管理类别 干部管理 管理级别 管理部门 干部管理部门 "
    "干部管理单位 管理机关 管理权属 干部管理类别 管理归属 所属管理权限 主管 managedby",
    "staff_type": "人员类别 人员性质 编制性质 人员身份 干部身份 编制类型 编制类别 人员类型 干部类别 干部类型 "
    "身份性质 用工性质 身份类别 人员编制 编制 身份 编制情况 编制身份 在编情况 用工形式 用人性质 "
    "岗位性质 人员分类 性质 人事身份 staff_type",
    "gender": "性别 男女 性別 gender sex",
    "birth_date": "出生年月 出生日期 出生年月日 出生时间 出生 生日 出生日 出生年 年月日出生 出生月份 公历生日 "
    "阳历生日 birth birthday",
    "phone": "手机号码 手机号 手机 联系电话 联系方式 电话 电话号码 移动电话 本人电话 本人手机 联系手机 手机电话 "
    "手机联系方式 联系号码 常用电话 个人电话 本人联系方式 本人联系电话 手机号码1 "
    "联系电话手机 办公电话 固定电话 座机 办公室电话 单位电话 phone tel mobile",
    "address": "家庭住址 家庭地址 住址 现住址 家庭现住址 家庭详细住址 家庭详细地址 详细住址 现居住地址 居住地址 "
    "现居住地 居住地 常住地址 常住址 住宅地址 家庭居住地 家庭居住地址 现家庭住址 住所 住房地址 "
    "详细地址 通讯地址 联系地址 地址 家庭住地 家庭所在地 小区楼栋 address",
    "spouse_name": "配偶姓名 配偶 爱人姓名 爱人 配偶名字 妻子姓名 丈夫姓名 妻夫姓名 夫妻姓名 家属姓名 爱人名字 "
    "对象 老伴姓名 配偶(爱人)姓名 配偶情况姓名",
    "spouse_work": "配偶工作单位及职务 配偶单位及职务 配偶工作单位职务 配偶单位职务 配偶工作单位 配偶单位 "
    "配偶工作情况 配偶职业 配偶工作 爱人工作单位及职务 爱人单位及职务 爱人工作单位 爱人单位 "
    "配偶现工作单位及职务 配偶工作单位和职务 配偶职务 家属工作单位 配偶就业情况 配偶工作地点",
    "employee_no": "工号 职工号 职工编号 员工编号 人员编号 人员编码 干部编号 员工号 教工号 工作证号 人事编号 "
    "职工工号 编码 编号 工作证编号 个人编号 employeeno",
    "remark": "备注 备注说明 说明 备考 附注 其他说明 其他情况 其他 备注信息 remark",
}
# Titles that prove a header row but belong to no field.
_OTHER_WORDS = (
    "原职务 原职 原单位及职务 序号 序 号 排序 行号 no 编排序号 年龄 周岁 籍贯 出生地 学历 学位 文化程度 "
    "政治面貌 党派 入党时间 入党年月 入党日期 加入组织时间 参加工作时间 参加工作年月 参加工作日期 工作时间 "
    "参加工作 工龄 职级 级别 "
    "现职级 行政级别 职务层次 职级层次 现任职级 任职时间 任现职时间 任现职务时间 任现职级时间 现任职时间 "
    "现任职级时间 任职年月 职称 技术职务 专业技术职务 毕业院校 毕业院校及专业 毕业学校 毕业时间 专业 所学专业 "
    "全日制学历 在职学历 全日制教育 在职教育 健康状况 婚姻状况 婚否 分管工作 分工 工作分工 简历 个人简历 "
    "工作简历 奖惩情况 考核结果 年度考核 照片 入党介绍人 介绍人 联系人 填表人 证明人 紧急联系人 紧急联系电话 "
    "包村 包联村 所包村 驻村 户籍地 户籍地址 户籍所在地 户口所在地 邮箱 电子邮箱 qq 微信 微信号 是否在职 "
    "是否在编 在岗情况 状态 是否党员 党员 民主党派 特长 子女 子女姓名 父亲姓名 母亲姓名 家庭成员姓名 "
    "家庭成员 家庭情况 曾用名 紧急联系人电话 配偶电话 配偶联系电话 家属电话 家庭人口 主管部门 主管单位 原单位 "
    "原工作单位 原任职务 拟任职务 拟免职务 人数 合计 工资 车牌号 银行卡号 开户行 传真 邮编 短号 手机短号 "
    "分管领导 包联领导 帮扶责任人 帮扶人 户主 户主姓名 家访领导 家访时间 家访内容 称谓 关系 与本人关系 党龄 "
    "退休时间 到龄时间 提拔时间 晋升时间 调入时间 来单位时间 进入单位时间 任职文号 任免文号 单位性质 单位类别 "
    "单位代码 机构代码 组织机构代码 单位类型 单位电话号码 单位地址 所属党支部 党支部 所在党支部 村 村名 所在村 "
    "社区"
)
_OTHER = frozenset(_OTHER_WORDS.split())
_PRIVATE_ID = re.compile(r"身份证|身份号码|公民身份|证件号|证件编号|身份证件|idcard|社保号|社会保障号|护照")
_PRIVATE_ETHNIC = re.compile(r"民族|族别|^族$|族称")
# Somebody else's name, unit, phone or date of another kind: never a field of the person in the row.
_OTHERS_PERSON = re.compile(
    r"介绍人|联系人|填表人|证明人|担保人|紧急|父|母|子女|儿|女儿|孩子|家庭成员|亲属|成员关系|社会关系|分管|包联|家长|班主任|值班|带班|保管|领取|领用|接收|交接|收货|报销|学生|患者|产权|申请|受益|贫困|"
    r"包村|包片|帮扶|结对|户主|负责人|经办|记录人|审核|审批|主管领导|领导姓名|家访领导|曾用|"
    r"原名|别名|推荐人|接替|前任|继任|对接|师傅|导师|监护|谈话人|填报人|制表|委托"
)
_OTHER_TIME = re.compile(
    r"入党|入团|工作时间|参加工作|任职时间|任现职|任职年月|退休|到龄|提拔|晋升|调入|毕业|入职|入伍|转正|年限|"
    r"学历|学位|原单位|原工作|原职务|拟任|拟免|曾任|毕业院校|户籍|户口|籍贯|出生地"
)
_POST_AND_TIME = re.compile(
    r"^(?:现任|现|担任|所任)?(?:单位)?(?:职务|岗位)(?:名称)?(?:及|和|与|、)?现?(?:任职|任现职|任|任命|起始|起)"
    r"(?:时间|年月|日期)$"
)
_POLITE = re.compile(
    r"^(?:请(?:填写|输入|选择|问)?)?(?:您|你)(?:现|目前|现在)?(?:所在|所属)?的?(?=..)|^请(?:填写|输入|选择)(?=..)"
)
_GENERIC_PARENT = re.compile(
    r"^(?:基本|个人|人员|本人|干部|工作|任职|现任|职务|联系|其他|自然|主要|现|身份)?(?:情况|信息|资料|基本情况|"
    r"基本信息|状况|方式|概况)$"
)
_SPOUSE_PARENT = re.compile(r"^(?:配偶|爱人|夫妻|家属|妻子|丈夫|妻夫|家庭成员配偶)")
_EITHER_SPOUSE = re.compile(r"(?:丈夫|妻子|夫|妻|爱人|配偶)[(（/](?:丈夫|妻子|夫|妻|爱人|配偶)[)）]?")
_ADDRESS = re.compile(
    r"^(?:本人|个人)?(?:现|现在|家庭|居住|常住|详细|实际|目前|经常|住宅)*(?:住址|地址|住处|居住地|住所|居所)(?:及.{1,6}|详址)?$"
)
_NO_FIELD = re.compile(r"规则|格式|要求|示例|代码|选项|^是否|变动|变化")
_NUMBERING = re.compile(r"^(?:[(（]?[\d一二三四五六七八九十]{1,2}[)）.、．:：]|[A-Z][.、]|[①-⑳])")
_HINT = re.compile(r"[(（\[【〔{][^()（）\[\]【】〔〕{}]*[)）\]】〕}]")

_FIELD_OF: dict[str, tuple[str, int]] = {}
for _field, _words in _WORDS.items():
    for _rank, _word in enumerate(_words.split()):
        _FIELD_OF.setdefault(_word, (_field, _rank))


@lru_cache(maxsize=4096)
def plain(title: str) -> str:
    """A title without spaces, line breaks, numbering, stars and hints in brackets: ``*姓　名（必填）`` → 姓名."""
    text = _EITHER_SPOUSE.sub("配偶", halfwidth(squeeze(title)))
    text = text.strip("*＊#★☆▲△▼▽↑↓:：,，.。、;；\"'“”‘’")
    text = _NUMBERING.sub("", text)
    bare = _HINT.sub("", text)
    text = bare if bare else text.strip("()（）[]【】")
    text = text.strip("*＊#★☆:：,，.。、;；/\\-—_")
    if len(text) > 1 and not text.isascii():
        text = re.sub(r"[/／、\\|·,，&+\-—]", "", text)
        text = (
            re.sub(r"^[A-Za-z]+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[A-Za-z.]+$", "", text)
            if "QQ" not in text
            else text
        )
    return text.lower().replace("_", "") if text.isascii() else text


def is_others_person(title: str) -> bool:
    """Whether the title names somebody else than a roster's person (紧急联系人, 家长, 分管领导)."""
    return bool(_OTHERS_PERSON.search(plain(title)))


def says_time_too(title: str) -> bool:
    """Whether one column holds the post and since when (现任职务及任职时间)."""
    return bool(_POST_AND_TIME.match(plain(title)))


@lru_cache(maxsize=4096)
def private_reason(title: str) -> str | None:
    """Why a column of this title is never stored; None for all others."""
    text = plain(title) or squeeze(title)
    if _PRIVATE_ID.search(text.lower()) and not re.search(r"发证|有效期", text):
        return "身份证号码不导入、不保存"
    if _PRIVATE_ETHNIC.search(text):
        return "民族不导入、不保存"
    return None


@lru_cache(maxsize=8192)
def field_of(title: str) -> tuple[str, int] | None:
    """The field a single title means and its rank (0 is the best word); None for other or unknown titles."""
    text = plain(title)
    if not text or len(text) > 24 or private_reason(title):
        return None
    if text in _FIELD_OF:
        return _FIELD_OF[text]
    if text in _OTHER or _NO_FIELD.search(text):
        return None
    bare = text.rstrip("0123456789①②③")
    if bare != text and len(bare) > 1 and bare in _FIELD_OF:
        return _FIELD_OF[bare][0], _FIELD_OF[bare][1] + 1
    asked = _POLITE.sub("", text)
    if asked != text:
        return _FIELD_OF.get(asked) or _guess(asked)
    return _guess(text)


def _guess(text: str) -> tuple[str, int] | None:
    """Titles built from known words (本人现居住住址): careful, and always ranked after known ones."""
    if _ADDRESS.match(text):
        return "address", 45
    spouse = re.match(r"^(?:配偶|爱人|妻子|丈夫|妻夫|夫妻|老伴|夫|妻)(?:基本)?(?:情况|信息)?(?:的)?(.*)$", text)
    if spouse:
        rest = spouse.group(1)
        if rest in ("", "姓名", "名字", "名"):
            return "spouse_name", 40
        return ("spouse_work", 40) if re.search(r"单位|职务|工作|职业", rest) and "电话" not in rest else None
    if _POST_AND_TIME.match(text):
        return "post", 55
    if _OTHERS_PERSON.search(text) or _OTHER_TIME.search(text):
        return None
    for ending, field in (
        ("姓名", "name"), ("出生年月", "birth_date"), ("出生日期", "birth_date"), ("出生年月日", "birth_date"),
        ("性别", "gender"), ("手机号码", "phone"), ("手机号", "phone"), ("联系电话", "phone"), ("联系方式", "phone"),
        ("住址", "address"), ("单位及职务", "unit_post"), ("单位职务", "unit_post"), ("单位和职务", "unit_post"),
        ("职务", "post"), ("工号", "employee_no"), ("管理权限", "managed_by"), ("人员类别", "staff_type"),
        ("科室", "section"),
        ("所在单位", "unit"), ("工作单位", "unit"), ("单位名称", "unit"), ("备注", "remark"),
    ):  # fmt: skip
        if text.endswith(ending) and len(text) <= len(ending) + 6:
            return field, 50
    for beginning, field in (
        ("姓名", "name"),
        ("性别", "gender"),
        ("出生年月", "birth_date"),
        ("联系电话", "phone"),
        ("备注", "remark"),
    ):
        if text.startswith(beginning) and len(text) <= len(beginning) + 3:
            return field, 60
    return None


@lru_cache(maxsize=8192)
def is_known(title: str) -> bool:
    """Whether the title is a usual roster title, of a field or not."""
    text = plain(title)
    return (
        bool(text)
        and len(text) <= 24
        and (text in _OTHER or field_of(title) is not None or private_reason(title) is not None)
    )


def is_word(text: str) -> bool:
    """Whether the text is, as it stands, a word of the vocabulary; quick, for texts that are mostly names."""
    return text in _FIELD_OF or text in _OTHER


@lru_cache(maxsize=4096)
def exactly_name(title: str) -> bool:
    """Whether the title says the person's own name."""
    found = field_of(title)
    return found is not None and found[0] == "name" and plain(title) not in ("人员", "干部", "对象")


def joined_field(parts: tuple[str, ...]) -> tuple[str, int] | None:
    """The field of a column whose title stands in several rows, outermost first."""
    texts = [part for part in parts if plain(part)]
    if not texts:
        return None
    if len(texts) == 1:
        return field_of(texts[0])
    if any(private_reason(text) for text in texts[-1:]) or private_reason("".join(texts)):
        return None
    texts = [text for text in texts[:-1] if not _GENERIC_PARENT.match(plain(text))] + texts[-1:]
    if len(texts) == 1:
        return field_of(texts[0])
    whole = field_of("".join(texts))
    if whole is not None and whole[1] < 40:
        return whole
    child, parents = texts[-1], [plain(text) for text in texts[:-1]]
    if any(_SPOUSE_PARENT.match(parent) for parent in parents):
        return field_of("配偶" + plain(child)) or None
    if any(_OTHERS_PERSON.search(parent) or ("成员" in parent and "班子" not in parent) for parent in parents):
        return None
    found = field_of(child)
    if found is not None and not any(_OTHER_TIME.search(parent) for parent in parents):
        return found
    if plain(child) in _OTHER:
        return None
    if any(_GENERIC_PARENT.match(parent) for parent in parents):
        return found
    return field_of(texts[0]) if not is_known(child) and len(plain(child)) <= 6 and field_of(texts[0]) else whole


def joined_private(parts: tuple[str, ...]) -> str | None:
    """The private reason of a title in several rows."""
    for part in parts:
        reason = private_reason(part)
        if reason:
            return reason
    return private_reason("".join(squeeze(part) for part in parts)) if len(parts) > 1 else None
