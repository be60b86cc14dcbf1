"""The encodings that give a byte a letter, and the languages written in each."""

from __future__ import annotations

from customerkit.collect.formats.words import BALTIC, EASTERN, TURKISH, WESTERN

# The letters of languages without Latin letters, the frequent ones first.
_CYRILLIC = {
    "Russian": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ",
    "Ukrainian": "оаинвіртескймлудпгязьбчхцжшюїщєфґ",
    "Belarusian": "анікреоялсыдтвумпзўьбчгхцйжшэюёф",
    "Bulgarian": "аоеинтрсвлкдпмзяъбгучжхцшщйюфь",
    "Serbian": "аоеинсрјтдувкмлпзгбћшчцжхђљњџф",
}
_KAZAKH = {"Kazakh": "аеынтрлісқдомкбшғжұүйгңөуәпзиһхчяфюцщэ"}
_GREEK = {"Greek": "αοιτνσερυκπςμληάίδγόέχήύβωφθώξζψϊϋΐ"}
_HEBREW = {"Hebrew": "יוהלאתמרבשנכדםעקפחזטסגןצךץףק"}
_ARABIC = {
    "Arabic": "اليمنرتبدسعهوكفحجقةخصشطزضىغثذظءأإآئؤ",
    "Persian": "ایرنمدهوتبسشزكلخفپعگحقغجطچصضثذژ",
}
_THAI = {"Thai": "านรกองเมยวลัดทตส่ีปิบห้คจแพชขะไใุ์โูธำึืณ็ศซภผถษญฟฐฉฎฏฝฒฑฬฤๆฮฆฯๅ"}

_USUAL: dict[str, dict[str, str]] = {
    "cp1252": WESTERN,
    "cp1250": EASTERN,
    "cp1254": TURKISH,
    "cp1257": BALTIC,
    "cp1251": _CYRILLIC,
    "cp1253": _GREEK,
    "cp1255": _HEBREW,
    "cp1256": _ARABIC,
    "cp874": _THAI,
    "iso8859-2": EASTERN,
    "iso8859-15": WESTERN,
    "iso8859-13": BALTIC,
    "iso8859-7": _GREEK,
    "koi8-r": _CYRILLIC,
    "koi8-u": _CYRILLIC,
}
_SELDOM: dict[str, dict[str, str]] = {
    "iso8859-5": _CYRILLIC,
    "iso8859-6": _ARABIC,
    "cp850": WESTERN,
    "cp437": WESTERN,
    "cp860": WESTERN,
    "cp861": WESTERN,
    "cp863": WESTERN,
    "cp865": WESTERN,
    "cp852": EASTERN,
    "cp775": BALTIC,
    "cp857": TURKISH,
    "cp866": _CYRILLIC,
    "cp1125": _CYRILLIC,
    "cp855": _CYRILLIC,
    "cp737": _GREEK,
    "cp869": _GREEK,
    "cp862": _HEBREW,
    "mac-roman": WESTERN,
    "mac-iceland": WESTERN,
    "mac-latin2": EASTERN,
    "mac-turkish": TURKISH,
    "mac-cyrillic": _CYRILLIC,
    "mac-greek": _GREEK,
    "iso8859-4": BALTIC,
    "iso8859-10": BALTIC,
    "iso8859-16": EASTERN,
    "kz1048": _KAZAKH,
}
# Where some read a text alike, the first of them is the answer; Windows comes first.
ENCODINGS = {**_USUAL, **_SELDOM}


def is_seldom(name: str) -> bool:
    """Say whether few files are in an encoding: those of DOS and old Macintoshes mostly.

    Example:
        >>> is_seldom("cp850"), is_seldom("cp1250")
        (True, False)
    """
    return name in _SELDOM
