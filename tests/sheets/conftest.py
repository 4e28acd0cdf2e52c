"""Hand-written workbooks: parts as text, packed by zipfile, not by the library that reads them."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from propdesk.i18n import set_language

TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType=
"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/styles.xml" ContentType=
"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType=
"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
</Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type=
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>
{more}</Relationships>"""
STYLES_RELATION = """<Relationship Id="rId2" Type=
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
"""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORKBOOK = f"""<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<workbookPr{{date1904}}/><sheets><sheet name="报事" sheetId="1" r:id="rId1"/></sheets></workbook>"""
STYLES = f"""<?xml version="1.0" encoding="UTF-8"?>
<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>
<fills count="1"><fill/></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="31"/></cellXfs>
</styleSheet>"""


@pytest.fixture(autouse=True)
def _english() -> None:
    """Read the source texts: the catalogue has tests of its own."""
    set_language("en")


@pytest.fixture
def data() -> Path:
    """Return the folder of the committed tables."""
    return Path(__file__).parents[1] / "data" / "sheets"


@pytest.fixture
def by_hand(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of workbooks: `by_hand(sheet_data_xml, before="", doctype="")`."""

    def make(
        rows: str,
        *,
        before: str = "",
        doctype: str = "",
        name: str = "hand.xlsx",
        mac: bool = False,
    ) -> Path:
        path = tmp_path / name
        sheet = (
            f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<worksheet xmlns="{MAIN}">{before}'
            f"<sheetData>{rows}</sheetData></worksheet>"
        )
        parts = {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS.format(
                kind="officeDocument", target="xl/workbook.xml", more=""
            ),
            "xl/workbook.xml": WORKBOOK.format(date1904=' date1904="1"' if mac else ""),
            "xl/_rels/workbook.xml.rels": RELATIONS.format(
                kind="worksheet", target="worksheets/sheet1.xml", more=STYLES_RELATION
            ),
            "xl/styles.xml": STYLES,
            "xl/worksheets/sheet1.xml": sheet,
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, text in parts.items():
                archive.writestr(part, text)
        return path

    return make
