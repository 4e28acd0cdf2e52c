"""Papers, drawn with ReportLab."""
