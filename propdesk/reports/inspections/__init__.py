"""The monthly inspection report on paper (forms.md 5.6, R70, R100, R67, R11): A4, black.

Figures arrive computed. A section without anything says so in a sentence, or is left out where the
month has no round at all.
"""

from propdesk.reports.inspections.paper import render_inspection_report
from propdesk.reports.inspections.sheet import TITLE, InspectionReportSheet
from propdesk.reports.parts.month_report import as_of_text

__all__ = ["TITLE", "InspectionReportSheet", "as_of_text", "render_inspection_report"]
