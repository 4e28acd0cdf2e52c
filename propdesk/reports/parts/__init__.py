"""What papers share: the sheet in millimetres, fonts, text, codes, tables, charts."""
