"""F1: a short page about the one in front, and the keys that work everywhere.

The manual proper is a document; here is only what fits a glance.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.widgets import buttons
from ui.widgets.page import hairline

_PAGES = {
    "workbench": ("工作台", "上面的数字点一下，下面就列出是哪几份。每一行右边的字是下一步该做的事，点一下就到那里。"),
    "concerns": ("诉求", "反映的困难先登记在这里，“分析研判”定由谁办、何时办完，再“为此家访”。办完报县里，记下日期。"
                         "灰色的“建议”日子过了不算超期。双击一行修改，右键有全部操作。"),
    "concerns_import": ("导入诉求", "先核对识别出来的各列，点列头可以改。点“导入”之前什么都不会存进去，"
                                    "同一张表再导一次不会重复。"),
    "visits": ("家访", "双击一行打开记录单。左边打勾可以一起打印、标记签字、登记存放位置。姓名可以打拼音首字母查找。"),
    "visit": ("记录单", "在纸上哪里印，就在哪里填。随时自动保存，不怕断电。写满一页会自动缩小字号，再多转续页。"),
    "problems": ("问题办理", "所有家访发现的问题都在这里，先到期的在前。办一步记一次跟进，办完点“办结”写明结果。"),
    "signing": ("待签字清单", "按领导列出还没签回的记录单，点一位领导只看他的。清单打印出来，送签时逐份打勾。"),
    "ledger": ("台账", "登记过的家访自动排进台账，和印出来的一样。双击一行打开记录单；选中的格可以复制到Excel。"),
    "summary": ("总结报送", "按登记的情况起草，文字可以直接改，改过的不会被冲掉。右边的数字点开就是那几件。"),
    "files": ("资料", "“资料自查”列出还缺的每一项，双击打开那份记录。“汇报分析会”留下会议记录，议定事项可以转为措施。"),
    "roster": ("名册", "导入后，填家访对象姓名就能带出职务、住址、配偶。把名册文件拖到这一页也能导入。"),
    "visits_import": (
        "导入以前的台账",
        "选文件或整个文件夹，Excel、Word 都行。右边是要回答、要核对的，点下面的字就是回答；"
        "“跳过”里有每一行没有导入的原因。点“导入”之前什么都不会存进去，导错了可以一次撤销；同样的文件再导入，不会重复登记。",
    ),
    "roster_import": ("导入名册", "先核对识别出来的各列，点列头可以改。点“导入”之前什么都不会存进去，导错了可以撤销。"),
    "settings": ("设置", "改动立即保存，状态栏的“撤销”可以退回。数据是否完好，点“自检”。"
                        "两个人以上用时，在“经办人”里各设密码；换人办理点左下角的名字。"),
}  # fmt: skip
_KEYS = (
    ("Ctrl+1 … 9", "打开左边的各页"), ("Ctrl+N", "新登记一次家访（诉求页：登记诉求；名册页：添加人员）"),
    ("Ctrl+K", "查找任何内容：人、家访、诉求、问题、会议、页面和功能"), ("Ctrl+F", "在这一页里查找"),
    ("Ctrl+S", "保存（平时不用按，会自动保存）"), ("Ctrl+P", "打印"), ("Ctrl+Z　Ctrl+Y", "撤销、重做"),
    ("Tab　回车", "到下一格"), ("F6", "在左边、表单、右边各栏之间走"),
    ("Ctrl+L", "马上锁上，离开座位时用"), ("F1", "这一页的说明"),
)  # fmt: skip


class HelpDialog(QDialog):
    """The page's few sentences, then the keys."""

    def __init__(self, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title, words = _PAGES.get(page, _PAGES["workbench"])
        self.setObjectName("dialog_help")
        self.setAccessibleName(f"说明：{title}")
        self.setWindowTitle("说明")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(theme.dp(520))
        pad = theme.dp(24)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper = QVBoxLayout()
        upper.setContentsMargins(pad, pad, pad, theme.dp(16))
        upper.setSpacing(theme.dp(8))
        head = QLabel(title)
        head.setProperty("role", "section")
        text = QLabel(words)
        text.setWordWrap(True)
        upper.addWidget(head)
        upper.addWidget(text)
        upper.addSpacing(theme.dp(8))
        keys_head = QLabel("键盘")
        keys_head.setProperty("role", "head")
        upper.addWidget(keys_head)
        upper.addLayout(self._keys())
        foot = QHBoxLayout()
        foot.setContentsMargins(pad, theme.dp(14), pad, theme.dp(14))
        foot.addStretch(1)
        close = buttons.primary("知道了", "dialog_ok")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        column.addLayout(upper)
        column.addWidget(hairline())
        column.addLayout(foot)

    def _keys(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.dp(16))
        grid.setVerticalSpacing(theme.dp(6))
        for place, (keys, words) in enumerate(_KEYS):
            key = QLabel(keys)
            key.setProperty("role", "second")
            grid.addWidget(key, place, 0)
            grid.addWidget(QLabel(words), place, 1)
        grid.setColumnStretch(1, 1)
        return grid
