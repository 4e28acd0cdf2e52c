"""The monthly complaint report (投诉月报) on A4 paper: figures, tables and plots of one month.

Every figure arrives computed in `ComplaintFigures`; what stands here is drawing. Long lists go on
over pages with their head repeated; nothing is cut (forms.md 5.5).
"""

from propdesk.reports.complaints.paper import render_complaint_report
from propdesk.reports.complaints.sheet import ComplaintReportSheet

__all__ = ["ComplaintReportSheet", "render_complaint_report"]
