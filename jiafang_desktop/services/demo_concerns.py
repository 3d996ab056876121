"""The demo's invented concerns: who asked for what, when, how it was judged, and where it went. Nobody exists.

Those with ``visit`` led to the story told on that day (demo_stories); the others have a day of their own, counted back
from today. How they become records stands in ``demo_office``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """One concern.

    Args:
        who: place in the invented roster. visit: month and day of the story made for it. ago: days before that story,
            or before today. level: as judged two days later, or at once where the county handed it out. refer,
            decline, delete: why, five days later. propose: why a higher level is asked for. reported: days after the
            story on which the report went to the county.
    """

    who: int
    source: str
    text: str
    ago: int
    priority: str | None = None
    visit: tuple[int, int] | None = None
    level: str | None = None
    refer: str | None = None
    decline: str | None = None
    delete: str | None = None
    propose: str | None = None
    reported: int | None = None


ASKS = (
    Ask(
        12, "unit", "母亲股骨骨折手术后回家静养，缺少护理床，夫妻两人轮流陪护，夜班排不开。",
        5, "family_event", (1, 13), "ordinary", reported=20,
    ),
    Ask(
        31, "mini_program", "爱人患类风湿多年，药费负担重，想问问门诊慢性病待遇怎么办；家里西屋墙体有裂缝。",
        9, "hardship", (2, 4), "ordinary", reported=90,
    ),
    Ask(
        40, "visit", "年终考核后情绪不高，家属反映睡眠不好，希望组织上找他谈一谈。",
        6, "setback", (2, 25), "ordinary", reported=30,
    ),
    Ask(
        16, "mini_program", "五岁的儿子确诊幼年特发性关节炎，每两周要去石家庄复查，积蓄快用完了，希望了解救助政策。",
        7, "illness", (4, 8), "serious", reported=45,
    ),
    Ask(
        28, "mini_program", "父亲瘫痪在床四年，卫生间有台阶，洗澡很不方便，想申请适老化改造。",
        12, "hardship", (4, 16), "ordinary",
    ),
    Ask(
        33, "masses", "村民反映其酒后在村里说话随意，影响不好，请单位了解情况、做做工作。",
        8, "warning_sign", (5, 19), "ordinary",
    ),
    Ask(
        38, "unit", "防汛值守期间两个孩子放暑假没有人照看，爱人上夜班，希望帮忙想想办法。",
        4, visit=(7, 15), level="ordinary", reported=30,
    ),
    Ask(
        44, "unit", "七月底大雨把东厢房屋顶冲塌一角，父母只能借住亲戚家，存粮受潮。",
        4, "upheaval", (8, 6), "serious", reported=60,
    ),
    Ask(
        30, "mini_program", "爱人车祸后两次手术，家里老人孩子都要照顾，和肇事方的赔偿不知道怎么谈，希望有人指点。",
        6, "upheaval", (9, 10), "serious",
    ),
    Ask(
        48, "mini_program", "爱人查出乳腺癌早期，化疗期间需要陪护，想了解陪护假和大病报销。",
        8, "illness", (9, 24), "serious",
    ),
    Ask(
        15, "visit", "父亲提出村里没有快递点，乡亲寄鲜果要跑三里路，希望镇里帮着联系。",
        3, "other", (10, 13), "ordinary",
    ),
    Ask(
        26, "unit", "母亲摔伤卧床，本人是独子，白天无人照看，正赶上秋粮收购，不好请假。",
        4, "family_event", (10, 27), "ordinary",
    ),
    Ask(
        41, "unit", "替弟弟担保的借款到期，债主上门，夫妻为此争吵，想请组织帮着出主意。",
        5, "upheaval", (11, 4), "serious",
        propose="涉及金额较大，债主两次上门，家庭矛盾有激化苗头，建议由分包县级领导过问。",
    ),
    Ask(
        34, "mini_program", "平房改了电取暖，电表容量小，一开取暖就跳闸，爱人腿脚怕冷。",
        6, "hardship", (11, 11), "ordinary",
    ),
    Ask(
        21, "visit", "驻村两年多，家里姥姥带着孩子，盼着每月能有完整的周末。",
        5, visit=(11, 17), level="ordinary",
    ),
    Ask(
        47, "mini_program", "孩子明年上小学，户口在县城、住在镇上，想问能不能在镇中心小学就读。",
        70, refer="属学区划分事项，已转县教育体育局答复，请其直接联系本人。",
    ),
    Ask(
        53, "mini_program", "希望把十年前集资建房的产权证办下来。",
        118, refer="转县自然资源和规划局不动产登记中心办理，已告知本人所需材料。",
    ),
    Ask(
        24, "mini_program", "希望调到县直单位工作，离家近一些。",
        51, decline="工作调动按干部管理权限和公开遴选程序办理，不属家访解决的事项，已当面说明并介绍了遴选报名的途径。",
    ),
    Ask(
        24, "mini_program", "希望调到县直单位工作，离家近一些。",
        50, delete="与前一件重复",
    ),
    Ask(
        49, "visit", "爱人临产，娘家在外省，担心驻村期间家里没有人照应。",
        41, "family_event", level="ordinary",
    ),
    Ask(
        42, "unit", "父亲确诊肺部肿瘤，正在北京等床位，费用和陪护都有困难。",
        9, "illness", level="serious",
    ),
    Ask(
        54, "county", "爱人在外地务工受重伤，正在重症监护，两个孩子一个上小学一个两岁，县里从小程序上了解到后交办。",
        5, "upheaval", level="grave",
    ),
    Ask(
        36, "unit", "法律职业资格考试连续两年没有通过，近来话少，想请所里老同志带一带。",
        6, "setback", level="ordinary",
    ),
    Ask(
        58, "mini_program", "文化站房顶漏雨，存放的图书受潮，本人腰椎旧疾搬不动，希望安排人帮忙。",
        2, "other",
    ),
)  # fmt: skip

# What came out of the county's mini-programme three days ago: whose, how many days ago, kind, words.
EXPORTED = (
    (32, 4, "生活困难", "父母年前要做白内障手术，兄弟几个都在外地，想请三天假陪护。"),
    (50, 4, "其他", "儿子在邯郸读职高，冬天每周接送不便，想了解有没有拼车的同事。"),
    (45, 3, "患有重大疾病", "本人查出冠心病，医生建议放支架，年底土地核查任务重，希望错开时间住院。"),
)
