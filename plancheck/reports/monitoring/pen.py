"""How a Word document is written: East Asian fonts, headings, tables that fit A4, pictures, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from msgspec import Struct

from plancheck.reports.clean import clean_text

_BODY: Final = "仿宋"
_HEADS: Final = "黑体"
_LATIN: Final = "Times New Roman"
_INK: Final = RGBColor(0x1D, 0x27, 0x33)
_SHADE: Final = "E9EEF3"
_LONGEST_PROPERTY: Final = 255
"""Characters of a property of a Word document."""
_A4: Final = (Cm(21), Cm(29.7))
_MARGIN: Final = Cm(2.2)
_FORM: Final = (4.0, 9.0)
_DATE: Final = (1980, 1, 1, 0, 0, 0)


class Col(Struct, frozen=True):
    """A column of a table: heading, width in centimetres, whether its cells stand to the right."""

    heading: str
    width: float
    right: bool = False


class Tinted(NamedTuple):
    """The text of a cell, and the colour behind it."""

    text: str
    colour: str


class Pen:
    """Writes a document from top to bottom."""

    def __init__(self, title: str, numbers: Sequence[str]) -> None:
        """Begin a document; `numbers` stand before the titles of its chapters."""
        self._numbers = iter(numbers)
        self._document: Any = Document()
        self._document.core_properties.title = clean_text(title)[:_LONGEST_PROPERTY]
        self._document.core_properties.author = "plancheck"
        _set_styles(self._document)
        section = self._document.sections[0]
        section.page_width, section.page_height = _A4
        _set_margins(section)
        _number_pages(section)

    def packed(self) -> bytes:
        """Return the document. Its parts bear no time of writing, so that the same document is the same file."""
        written, packed = BytesIO(), BytesIO()
        self._document.save(written)
        with ZipFile(written) as source, ZipFile(packed, "w") as target:
            for name in source.namelist():
                part = ZipInfo(name, _DATE)
                part.compress_type, part.external_attr, part.create_system = ZIP_DEFLATED, 0o600 << 16, 3
                target.writestr(part, source.read(name), compresslevel=6)
        return packed.getvalue()

    # --------------------------------------------------------------------------------------- running text

    def centred(self, text: str, size: float, *, space: float = 0, heavy: bool = False) -> None:
        """Write a line in the middle of the page, `space` points below what is above it."""
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(space)
        _run(paragraph, text, size, _HEADS if heavy else _BODY)

    def chapter(self, title: str) -> None:
        """Write the heading of the next chapter."""
        self.heading(next(self._numbers) + title)

    def heading(self, text: str, level: int = 1) -> None:
        """Write a heading."""
        self._document.add_heading(clean_text(text), level)

    def say(self, text: str, *, quiet: bool = False) -> None:
        """Write a paragraph."""
        paragraph = self._document.add_paragraph()
        _run(paragraph, text, 9.5 if quiet else 11)

    def items(self, texts: Iterable[str]) -> None:
        """Write a list."""
        for text in texts:
            _run(self._document.add_paragraph(style="List Bullet"), text, 11)

    def new_page(self) -> None:
        """Go on on a new page."""
        self._document.add_page_break()

    def turn(self, *, landscape: bool) -> None:
        """Go on on a new page, lying or standing."""
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        short, long = _A4
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if landscape else (short, long)
        _set_margins(section)

    # -------------------------------------------------------------------------------- tables and pictures

    def table(self, columns: Sequence[Col], rows: Iterable[Sequence[str | Tinted]], *, size: float = 9) -> None:
        """Write a framed table; its head is repeated on every page, and no row is torn."""
        table = self._grid([column.width for column in columns])
        for cell, column in zip(table.add_row().cells, columns, strict=True):
            _fill(cell, Tinted(column.heading, _SHADE), size, font=_HEADS)
        _row_property(table.rows[0], "w:tblHeader")
        for row in rows:
            for cell, text, column in zip(table.add_row().cells, row, columns, strict=True):
                _fill(cell, text, size, right=column.right)
        self._close(table)

    def form(self, lines: Iterable[tuple[str, str]], *, size: float = 12) -> None:
        """Write a table of labels and what belongs to each; what is empty is for a hand to fill in."""
        table = self._grid(_FORM)
        for line in lines:
            for cell, text in zip(table.add_row().cells, line, strict=True):
                _fill(cell, text, size)
        self._close(table)

    def _grid(self, widths: Sequence[float]) -> Any:
        table = self._document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _set_padding(table)
        for place, width in zip(table.columns, widths, strict=True):
            place.width = Cm(width)
        return table

    def _close(self, table: Any) -> None:
        for row in table.rows:
            _row_property(row, "w:cantSplit")
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)

    def picture(self, png: bytes, width: float, words: str) -> None:
        """Write a picture `width` centimetres wide with its caption; `words` stand for it where it is not seen."""
        shape = self._document.add_picture(BytesIO(png), width=Cm(width))
        shape._inline.docPr.set("descr", clean_text(words))  # noqa: SLF001 - python-docx has no other way to the words
        self._document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        caption = self._document.add_paragraph()
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(caption, words, 9)


def _run(paragraph: Any, text: str, size: float, font: str = _BODY) -> None:
    run = paragraph.add_run(clean_text(text))
    run.font.size = Pt(size)
    _set_font(run.font, run._element.get_or_add_rPr(), font)  # noqa: SLF001 - the only way to the East Asian font


def _set_font(font: Any, properties: Any, name: str) -> None:
    font.name = _LATIN
    font.color.rgb = _INK
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)


def _set_styles(document: Any) -> None:
    for name, font, size in (
        ("Normal", _BODY, 11), ("Heading 1", _HEADS, 15), ("Heading 2", _HEADS, 12.5), ("List Bullet", _BODY, 11),
    ):  # fmt: skip
        style: Any = document.styles[name]
        style.font.size = Pt(size)
        style.font.bold = False
        _set_font(style.font, style.element.get_or_add_rPr(), font)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(theme), None)
    normal: Any = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.25


def _set_margins(section: Any) -> None:
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN


def _number_pages(section: Any) -> None:
    """Put the number of the page at its foot."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._element.append(part)  # noqa: SLF001 - python-docx knows no fields


def _set_padding(table: Any) -> None:
    """Let text come nearer to the lines at its sides than it usually does: eleven columns share a page."""
    sides = OxmlElement("w:tblCellMar")
    for name in ("w:left", "w:right"):
        side = OxmlElement(name)
        side.set(qn("w:w"), "60")
        side.set(qn("w:type"), "dxa")
        sides.append(side)
    # the order is the format's own
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(sides)  # noqa: SLF001 - python-docx knows no padding


def _fill(cell: Any, text: str | Tinted, size: float, *, right: bool = False, font: str = _BODY) -> None:
    said, tint = text if isinstance(text, Tinted) else (text, "")
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    _run(paragraph, said, size, font)
    if tint:
        colour = OxmlElement("w:shd")
        colour.set(qn("w:val"), "clear")
        colour.set(qn("w:fill"), tint)
        cell._element.get_or_add_tcPr().append(colour)  # noqa: SLF001 - python-docx knows no shading


def _row_property(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - python-docx knows neither
