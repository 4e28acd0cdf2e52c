"""What papers speak and what they are printed on; both are office settings."""

from enum import StrEnum

from propdesk.i18n import LazyText


class PaperLanguage(StrEnum):
    """Chinese, Chinese with a small English second line, or English (decision 21)."""

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


class PaperSize(StrEnum):
    """Paper of the work order: A5 landscape, or two copies on an A4 sheet (decision 40)."""

    A5 = "a5"
    A4 = "a4"
