"""A creator's report on paper: what is put on which page (`report`), drawn by `sheet` with the fonts of `fonts`."""

from .report import get_pdf_version, get_report_pdf, name_report_file, render_report

__all__ = ["get_pdf_version", "get_report_pdf", "name_report_file", "render_report"]
