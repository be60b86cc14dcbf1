"""Tell the encoding of a text by evidence: UTF-8, GBK, cp1252, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

# Characters of Chinese headers, names, addresses and orders: half of any such text.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
    "面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本"
    "去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比"
    "或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总"
    "次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做"
    "必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权"
    "收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信"
    "马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连"
    "断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存"
    "王李刘陈杨赵黄吴徐孙朱胡郭罗梁宋郑谢韩唐冯董萧曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜"
    "范丽伟芳娜秀英敏静勇艳杰娟涛超霞刚桂玉萍红梅婷雪军辉鹏飞浩宇琳佳欣怡俊涵轩梓晨姓邮箱址订编购买客户手"
    "机城街镇村县州京沪深圳杭州湖河江苏浙福建川渝津付款货收宝贝运费物流快递备注状态已完成取退换评价投诉咨询"
)
_MARKS = frozenset("’‘“”–—…•€£¥¢©®°±²³´·¼½¾«»¿¡§ºª™×\xa0¨`‚„†‡¹")
_LINES = 5000


@cache
def _level_one() -> frozenset[str]:
    """Return the 3,755 characters that GB 2312 counts as the common ones."""
    return frozenset(
        bytes([lead, trail]).decode("gb2312", "ignore")
        for lead in range(0xB0, 0xD8)
        for trail in range(0xA1, 0xFF)
    )


def tell(block: bytes) -> str | None:
    r"""Return the encoding of a block that is not plain ASCII, None without evidence.

    Args:
        block: Some whole lines.

    Returns:
        ``utf-8``, ``gb18030``, ``cp1252`` or None.

    Example:
        >>> tell("姓名,城市\n李伟,北京\n".encode("gbk")), tell("Müller\n".encode("cp1252"))
        ('gb18030', 'cp1252')
        >>> tell("Иван Петров".encode("cp1251")) is None
        True
    """
    lines = [line for line in block.split(b"\n") if not line.isascii()][:_LINES]
    if 2 * sum(map(_is_utf8, lines)) >= len(lines):
        return "utf-8"
    if _is_gbk(lines):
        return "gb18030"
    if _is_cp1252(lines):
        return "cp1252"
    few = 2 * len(lines) <= block.count(b"\n") + 1
    return "utf-8" if few else None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(lines: Sequence[bytes], encoding: str) -> tuple[list[str], int]:
    """Return the lines that can be decoded and how many cannot."""
    found = []
    for line in lines:
        try:
            found.append(line.decode(encoding))
        except UnicodeDecodeError:
            continue
    return found, len(lines) - len(found)


def _is_gbk(lines: Sequence[bytes]) -> bool:
    texts, bad = _decoded(lines, "gb18030")
    if bad * 10 > len(lines):
        return False
    characters = [letter for text in texts for letter in text if letter > "\x7f"]
    han = [letter for letter in characters if "\u4e00" <= letter <= "\u9fff"]
    usual = sum(map(_level_one().__contains__, han))
    common = sum(map(_COMMON.__contains__, han))
    wide = sum("\u3000" <= letter <= "\u303f" or letter >= "\uff00" for letter in characters)
    return bool(han) and usual + wide >= 0.8 * len(characters) and common >= 0.3 * len(han)


def _is_cp1252(lines: Sequence[bytes]) -> bool:
    texts, bad = _decoded(lines, "cp1252")
    runs = [run for text in texts for run in re.findall(r"[^\x00-\x7f]+", text)]
    characters = "".join(runs)
    known = sum(letter.isalpha() or letter in _MARKS for letter in characters)
    alone = len(characters) <= 1.5 * len(runs)
    return bool(runs) and bad * 10 <= len(lines) and alone and known >= 0.9 * len(characters)
