"""The languages of a paper, and its labels: main line, and a small English line where wanted."""

from enum import StrEnum

from propdesk.i18n import LazyText


class PaperLanguage(StrEnum):
    """The language of a paper, an office setting (decision 21)."""

    ZH = "zh"
    ZH_EN = "zh+en"
    EN = "en"

    @property
    def code(self) -> str:
        """The catalogue's name of the main language."""
        return "en" if self is PaperLanguage.EN else "zh_CN"

    def main(self, text: LazyText) -> str:
        """Return the text in the main language."""
        return text.in_(self.code)

    def second(self, text: LazyText) -> str:
        """Return the text of the small second line: English under Chinese, else nothing."""
        return text.in_("en") if self is PaperLanguage.ZH_EN else ""
