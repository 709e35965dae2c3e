"""What an archive wants of a PDF besides its pages: metadata as XML, and what its colours are.

These parts of PDF/A-3 can be checked without a validator; the file does not claim to be one.
"""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from fhc_desktop.reporting.srgb import srgb_profile

_COLOURS = "sRGB IEC61966-2.1"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{created}</xmp:CreateDate>
<xmp:ModifyDate>{created}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def describe_for_archives(writer: PdfWriter) -> None:
    """Add to a document what its own entries say, as XML, the colours that it means, and its title.

    Nothing of a patient is in it: the document's entries have none.
    """
    root = writer.root_object
    metadata = DecodedStreamObject()
    metadata.set_data(_xmp(writer).encode("utf-8"))
    metadata.update(
        {NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")}
    )
    root[NameObject("/Metadata")] = writer._add_object(metadata)  # noqa: SLF001 - it has no other way
    profile = DecodedStreamObject()
    profile.set_data(srgb_profile())
    profile[NameObject("/N")] = NumberObject(3)
    intent = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/OutputIntent"),
            NameObject("/S"): NameObject("/GTS_PDFA1"),
            NameObject("/OutputConditionIdentifier"): TextStringObject(_COLOURS),
            NameObject("/Info"): TextStringObject(_COLOURS),
            NameObject("/DestOutputProfile"): writer._add_object(profile),  # noqa: SLF001
        }
    )
    root[NameObject("/OutputIntents")] = ArrayObject([intent])
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(value=True)}
    )


def _xmp(writer: PdfWriter) -> str:
    said: Mapping[str, object] = writer.metadata or {}
    created = None if writer.metadata is None else writer.metadata.creation_date
    return _XMP.format(
        title=escape(str(said.get("/Title", ""))),
        subject=escape(str(said.get("/Subject", ""))),
        creator=escape(str(said.get("/Creator", ""))),
        producer=escape(str(said.get("/Producer", ""))),
        language=escape(str(writer.root_object.get("/Lang", "en"))),
        created="" if created is None else created.isoformat(),
    )
