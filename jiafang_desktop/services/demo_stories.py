"""The shapes of the demo's invented year, and its first half. The second half stands in ``demo_stories_later``.

Nobody here exists; villages are invented too. How the stories become records stands in ``demo``.
"""

from __future__ import annotations

from dataclasses import dataclass

SECRETARY, MAYOR, DEPUTY, DISCIPLINE, ORGANISER, CONGRESS, VICE, UNITED = (
    "赵立新", "孙海涛", "马秀云", "冯志强", "韩雪梅", "郭振海", "田建军", "崔文静",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """Something done about a problem ``after`` days from the visit."""

    after: int
    text: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem a visit found. ``due`` and ``Step.after`` are days from the visit; no ``ended`` means still open."""

    text: str
    kind: str = "difficulty"
    level: str | None = None
    responsible: str | None = None
    due: int | None = None
    steps: tuple[Step, ...] = ()
    ended: Step | None = None
    outcome: str = "solved"


@dataclass(frozen=True, slots=True)
class Story:
    """One visit of the demo's year.

    Args:
        day: month and day. who: the visitee's place in the invented roster. paper: how far the sheet has come:
            "" printed signed sealed archived void draft. recorded: days until it was entered (a late entry if many).
    """

    day: tuple[int, int]
    who: int
    leaders: tuple[str, ...]
    matter: str
    account: str
    resolution: str | None = None
    priority: str | None = None
    troubles: tuple[Trouble, ...] = ()
    met: tuple[str, ...] = ("本人", "配偶")
    ways: tuple[str, ...] = ("看", "谈", "听")
    place: str = "home"
    paper: str = "archived"
    recorded: int = 1
    needs: str | None = None
    advice: str | None = None
    advice_leaders: str | None = None
    mood: str | None = None
    remark: str | None = None
    reason: str | None = None


FIRST_HALF = (
    Story(
        (1, 13), 12, (MAYOR,), "母亲住院手术，看望慰问",
        "家访组到家中看望。其母七十六岁，上月底因股骨骨折在县医院手术，现回家静养，由夫妻二人轮流照看。本人近期白天上班、夜里陪护，较为疲惫。"
        "家属反映护理床、轮椅尚未备齐，孩子上初三，早晚接送也吃紧。镇长转达了班子问候，对家属多年支持工作表示感谢。",
        priority="family_event",
        troubles=(
            Trouble(
                "老人术后缺护理床和轮椅，夫妻照看与上班难以兼顾", level="ordinary",
                responsible="社会事务服务中心", due=15,
                steps=(Step(3, "与县残联联系，登记借用护理床一张、轮椅一辆。"),),
                ended=Step(9, "护理床、轮椅已借到家中；所在办公室调整值班，两个月内不排夜班，便于陪护。"),
            ),
        ),
    ),
    Story(
        (1, 20), 19, (SECRETARY,), "因病住院，看望慰问",
        "本人去年十二月体检查出甲状腺结节，在邯郸做了手术，现居家休养。家中有父母和两个女儿，大女儿在外地读大学。谈话中本人惦记管区的危房排查，"
        "家属希望返岗后先安排轻一些的工作。书记叮嘱安心养病，并请家属多照看饮食起居。",
        "术后复查费用按干部医疗互助申请补助，二月三日到账两千六百元；三月底前不安排下村包片，已由管区副书记代管。",
        priority="illness", paper="archived", needs="返岗后三个月内不承担夜间值守",
    ),
    Story(
        (1, 28), 25, (DEPUTY, ORGANISER), "春节前走访，听取家属意见建议",
        "春节前到家中走访。夫妻均在乡镇工作，孩子由岳母照看。家属谈到下半年加班较多，周末难得团聚，希望值班表提前一周排出，好安排家里的事。"
        "本人对办公室工作比较熟悉，想多到村里锻炼。",
        "值班表自二月起改为每月二十五日前公布下月安排，春节值班已照顾双职工家庭错开；本人下村锻炼的想法已转党建办统筹。",
        advice="值班安排提前公布，双职工家庭尽量错开", mood="工作安心，希望到村里锻炼",
    ),
    Story(
        (2, 4), 31, (CONGRESS,), "生活困难，走访慰问",
        "本人爱人常年患类风湿，每月药费一千一百余元，儿子在外务工，去年收入不多。家中住房为二〇〇三年所建，西屋山墙有裂缝。"
        "本人不愿向组织开口，经再三询问才说明。",
        priority="hardship", met=("本人", "配偶", "子女"), ways=("看", "谈", "听", "访"),
        troubles=(
            Trouble(
                "爱人长期用药，门诊慢性病待遇还没有办", responsible="便民服务中心", due=20, level="ordinary",
                steps=(Step(2, "帮办人员带齐病历到县医保局申报。"), Step(15, "专家评审通过，等待系统录入。")),
                ended=Step(22, "门诊慢性病待遇已从三月一日起享受，预计每月少支出六百元左右。"),
            ),
            Trouble(
                "西屋山墙有裂缝，汛期前需要加固", level="ordinary", responsible="村镇建设办公室", due=90,
                steps=(Step(8, "村镇办现场鉴定为C级，可加固使用。"),),
                ended=Step(70, "按农村住房安全政策完成加固，四月十四日验收。"),
            ),
        ),
    ),
    Story(
        (2, 11), 14, (VICE,), "新婚，上门道贺",
        "本人一月底结婚，爱人是邻县教师，目前两地居住。双方商量在县城租房。爱人对乡镇工作时间长有些担心，副镇长介绍了岗位情况和休假制度，"
        "请她多体谅、多支持。气氛融洽。",
        "讲明婚假、探亲和调休规定，婚假已批；两地居住问题由本人与对方单位协商，镇里出具了工作证明。",
        priority="family_event", met=("本人", "配偶"), paper="archived",
    ),
    Story(
        (2, 25), 40, (DISCIPLINE,), "工作受挫，谈心疏导",
        "本人负责的项目去年年底考核排名靠后，年终没有评上先进，近一段情绪不高。爱人说他回家话少，睡得晚。交谈中本人把项目进度慢的原因说得比较清楚：征地"
        "协调时间长，人手也紧。领导肯定了他肯吃苦的一面，一起算了今年的时间账。",
        "四月前给项目配一名协管员，征地协调由副镇长牵头，每周碰头一次；三月份两次谈心，本人状态好转，项目已于三月二十日开工。",
        priority="setback", met=("本人", "配偶"), mood="年终考核后情绪低落，经疏导有所好转",
    ),
    Story(
        (3, 5), 22, (ORGANISER,), "三八节前走访女干部",
        "本人在便民大厅工作十一年，爱人在外地施工，家里老人孩子主要由她照料。婆婆说儿媳常常忙到天黑才回来，盼着单位能让她准点接孩子。"
        "组织委员代表镇党委送上问候，感谢老人的支持。",
        "大厅实行错时值守，本人周一至周四下午五点可离岗接送孩子，由同组两人轮换顶岗，三月十二日起执行。",
        met=("本人", "父母"), needs="能按时接送孩子", ways=("看", "谈", "听"),
    ),
    Story(
        (3, 18), 35, (SECRETARY,), "父亲去世，上门吊唁慰问",
        "本人父亲三月十五日病故。书记和班子同志到家中吊唁，送上慰问。本人兄弟二人，弟弟在南方打工，丧事主要由他操办，按村里红白理事会章程从简。"
        "母亲今后跟随本人生活，需要接到县城居住。",
        "丧假按规定执行，工作由同科室代管；帮助协调了老人社保关系变更。母亲接到县城后的就医备案已办好。",
        priority="family_event", met=("本人", "父母"), recorded=96,
        reason="当时忙于春季防火和征兵，纸面已填，未及时录入", remark=None,
    ),
    Story(
        (3, 26), 46, (UNITED,), "听取家属对单位的意见建议",
        "到家中走访。爱人在镇中心小学任教，熟悉镇里情况，建议镇村干部下村时统筹一些，一户不要一天登门好几次；还提到大院门口停车乱，学生放学过路不安全。"
        "本人认真记下，表示会带头做起。",
        advice="下村工作统筹安排；大院门口停车秩序需要整治", ways=("谈", "听"),
        troubles=(
            Trouble(
                "大院门口停车秩序乱，影响学生放学安全", "advice", "ordinary", "综合行政执法队", 30,
                (Step(6, "执法队会同派出所现场查看，拟划线并设隔离柱。"),),
                Step(24, "门前划出临停车位十四个，学生放学时段安排专人值守。"),
            ),
        ),
    ),
    Story(
        (4, 8), 16, (MAYOR,), "孩子患病，看望慰问",
        "本人儿子五岁，三月确诊幼年特发性关节炎，在石家庄住院两周，现在家用药，每两周复查一次。家中积蓄基本用完，爱人辞去超市工作专门照看。本人仍坚持上班，"
        "请假都提前把手头的事交代清楚。镇长询问了用药和报销情况，鼓励他们保持信心。",
        priority="illness", met=("本人", "配偶", "子女"), paper="archived",
        troubles=(
            Trouble(
                "孩子治疗自付费用较高，家庭负担重", level="serious", responsible="工会", due=30,
                steps=(Step(5, "申请县总工会大病救助。"), Step(18, "机关自愿捐助八千四百元，已交到本人手中。")),
                ended=Step(35, "县总工会大病救助五千元到账，商业补充保险理赔材料已递交。"), outcome="partly_solved",
            ),
        ),
    ),
    Story(
        (4, 16), 28, (VICE,), "父亲长期瘫痪，了解困难",
        "其父脑梗后卧床四年，母亲身体也差，请了半天护工。本人在农业中心负责病虫害测报，农忙时节早出晚归。家里光线暗、卫生间有台阶，老人洗澡不方便。"
        "家属盼着能有适老化改造的政策。",
        priority="hardship", ways=("看", "谈", "听", "访"), met=("本人", "父母"), paper="sealed",
        troubles=(
            Trouble(
                "卫生间有台阶，卧床老人洗浴不便，盼适老化改造", level="ordinary",
                responsible="社会事务服务中心", due=60,
                steps=(Step(9, "民政所入户评估，列入第二批改造名单。"),),
                ended=Step(52, "扶手、坡道、坐便椅已安装，老人试用方便。"),
            ),
        ),
    ),
    Story(
        (4, 23), 51, (DEPUTY,), "新招录干部，家访了解适应情况",
        "本人去年招录，家在邢台，单身，住镇机关周转房。通过电话与其父母交谈，老人关心吃住和对象问题。看了宿舍，热水器坏了半个月，晚上洗漱要到食堂打水。"
        "本人说同事们热心，业务上希望有人带。",
        "热水器四月二十六日更换；为其确定党政办副主任作帮带人，签了帮带计划；食堂周末增加一餐供应。",
        met=("本人",), place="office", ways=("看", "谈", "听"), mood="适应较快，想尽早独立承担工作",
    ),
    Story(
        (5, 7), 20, (CONGRESS, UNITED), "退役军人干部，走访慰问",
        "本人二〇〇九年退役安置，在退役军人服务站工作。腰部旧伤近来加重，坐久了起身困难。爱人做家政，时间不固定。家属提出能否换把合适的椅子、少搬重物。",
        "五月十一日配备了护腰座椅；慰问物资搬运改由站内两名年轻同志负责；协助申请伤残等级复查，县里已受理。",
        met=("本人", "配偶"), needs="减少久坐和搬运",
    ),
    Story(
        (5, 19), 33, (DISCIPLINE, ORGANISER), "群众有反映，上门了解家庭情况",
        "近期有群众反映本人酒后在村里说话随意。家访时本人承认端午前一次聚餐喝多了，说话没把门。爱人说他血压高，医生也让戒酒，家里劝过多次。"
        "领导讲清了纪律要求，也问了他肩上的担子：两个村的信访积案都压在他一人身上。",
        priority="warning_sign", ways=("看", "谈", "听", "访"), met=("本人", "配偶"), paper="signed",
        troubles=(
            Trouble(
                "酒后言语随意，群众有反映", "warning_sign", "ordinary", "纪委", 60,
                (
                    Step(4, "纪委书记提醒谈话，本人写出书面说明。"),
                    Step(28, "包村干部走访两名村民代表，均说近来说话办事注意多了。"),
                ),
                Step(58, "本人已戒酒，两个月来走访村民反映有改进，转入日常关注。"), "tracking",
            ),
            Trouble(
                "两个村信访积案集中在一人身上，压力大", level="ordinary", responsible="综治中心", due=30,
                ended=Step(20, "其中一个村的三件积案调整给司法所牵头，已化解两件。"),
            ),
        ),
    ),
    Story(
        (6, 2), 43, (MAYOR,), "子女高考前走访",
        "大儿子今年高考，小女儿上二年级。本人包的村正值夏收，白天在地头，夜里还要巡查防火，家里全靠爱人。孩子学习自觉，就是紧张，睡不踏实。"
        "镇长叮嘱考试那几天让他陪着孩子。",
        "六月六日至九日由管区代为值守防火卡点，本人在家陪考；夏收结束后安排调休三天，已休完。",
        met=("本人", "配偶", "子女"), mood="夏收任务重，心里牵挂孩子",
    ),
    Story(
        (6, 16), 18, (VICE,), "夏收后走访，听取需求",
        "夏收期间本人在防火卡点连续值守十二天。爱人在家开小卖部，婆婆帮忙带孩子。家属最关心孩子上幼儿园的事，村里的园停办了，镇中心园离家六里地。"
        "本人想把电动车换成带篷的，好接送。",
        "与镇中心幼儿园联系，校车九月起绕行其所在村口，同村七个孩子一并受益。",
        needs="孩子入园和接送", paper="archived",
    ),
)  # fmt: skip
