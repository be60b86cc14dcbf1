"""Know Chinese names: in signs, with what one calls somebody politely, and in Latin letters.

The ways of spelling are those of pinyin and of Wade and Giles (1892) as people write it,
without its apostrophes; family names also as in Hong Kong, Singapore and Malaysia.
"""

from __future__ import annotations

import re
from functools import cache

from anyascii import anyascii

from customerkit.roles._korean import SPELLED as KOREAN
from customerkit.roles.fold import narrow

_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
_TITLES = re.compile(
    " ?(?:先生|女士|小姐|太太|夫人|老师|老師|教授|医生|醫生|医师|醫師|经理|經理|师傅|師傅|阿姨|"
    "同学|同學)$"
)
_BOSS = re.compile(r"(?<=^.)[总總董]$")
_COMPOUND = frozenset(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 宇文 "
    "长孙 長孫 夏侯 司徒 司空 端木 独孤 獨孤 南宫 南宮 西门 西門 东郭 東郭 申屠 轩辕 軒轅 "
    "闻人 聞人 澹台 澹臺 公冶 宗政 濮阳 濮陽 淳于 单于 單于 太叔 赫连 赫連 钟离 鍾離 呼延 "
    "百里 东门 南门 拓跋 完颜 纳兰 张简 張簡 范姜".split()
)
_SINGLE = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓"
    "鄧曹彭曾肖蕭萧田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖"
    "贾賈夏韦韋付傅方白邹鄒孟熊秦邱江尹薛闫閻阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴"
    "覃武戴莫孔向汤湯温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟申耿关關焦柳"
    "欧歐祝纪紀尚毕畢芦蘆俞詹靳饶饒殷甘管解辛霍冉路童冼卓裴柯阮梅盛骆駱简簡洪连連游巫赖賴"
)
_STARTS = (
    "b=b/p p m f d=d/t t n l g=g/k k h j=j/ch q=q/ch x=x/hs/sh/s zh=zh/ch/j ch sh r=r/j z=z/ts/tz "
    "c=c/ts s=s/sz y w"
)
_REST = (
    "a ai an ang ao e=e/o/eh ei en eng er=er/erh i=i/ih/u ia ian=ian/ien iang iao ie=ie/ieh in "
    "ing iong=iong/iung iu=iu/iou o ong=ong/ung ou=ou/u u ua uai uan uang ue=ue/ueh ui=ui/uei un "
    "uo=uo/o"
)
_WHOLE = "yi=yi/i/yee yan=yan/yen ye=ye/yeh yong=yong/yung you=you/yu yue=yue/yueh e=e/o er=er/erh"
_ELSEWHERE = (
    "陈陳=chan/tan/chin 黄黃=wong/ng/ooi/wee 林=lam/lim 李=lee/lei 张張=cheung/chong/teo/cheong "
    "王=wong/ong/heng 吴吳=ng/goh 刘劉=lau/low/lew 郑鄭=cheng/tay/teh/chang 梁=leung/leong "
    "何=ho 罗羅=law/lo/loh 谢謝=tse/chia/cheah 叶葉=yip/yap/ip 郭=kwok/kok/quek "
    "许許=hui/koh/khor 蔡=choi/choy/chua/tsoi 杨楊=yeung/yeo/yong/yeoh 徐=tsui/chui "
    "周=chow/chau/chew 吕呂=lui/loo 苏蘇=so/soh 曾=zeng/tseng/tsang/chan 邓鄧=tang "
    "冯馮=fung/foong 萧蕭肖=siu/siew 赵趙=chiu/chew 钟鍾=chung/cheong 卢盧=lo/loh "
    "沈=sum/sim/shum 洪=hung/ang 胡=wu/woo/foo/oh 潘=poon/phua 方=fong 余=yu/yee 马馬=mah "
    "朱=chu/choo 高=ko/kou/kao 孙孫=suen/soon 廖=liu/liew 温溫=wan/oon 甘=kam 关關=kwan "
    "江=kong/kang 姚=yiu/yeoh 欧歐=au/ow 颜顏=ngan/gan 戴=tai 莫=mok 黎=lai 彭=pang/phang "
    "丁=ting 范=fan 龙龍=lung 伍=ng 阮=yuen/nguyen 董=tung 汤湯=tong 袁=yuen 唐=tong 韩韓=hon "
    "曹=cho/tso 施=sze/see 陆陸=luk/loke 单單=shan 解=xie/hsieh 仇=qiu/chiu 任=yam 邱=yau/khoo"
)


def split_han(text: str) -> tuple[str | None, str | None] | None:
    """Return given and family name of a name in signs, both None where that is not sure.

    Args:
        text: A full name.

    Returns:
        The two; None for names in other scripts.

    Example:
        >>> split_han("王小明"), split_han("欧阳 娜娜"), split_han("王小明先生")
        (('小明', '王'), ('娜娜', '欧阳'), ('小明', '王'))
    """
    text = _TITLES.sub("", text)
    family, blank, given = text.partition(" ")
    if blank and _HAN.fullmatch(family + given):
        known = family in _COMPOUND or family in _SINGLE
        return (given, family) if known else (None, None)
    if not _HAN.fullmatch(text):
        return None
    if text[:2] in _COMPOUND and len(text) > 2:
        return text[2:], text[:2]
    if text[0] in _SINGLE and len(text) < 4:
        return text[1:], text[0]
    return None, None


def politely(full: str) -> tuple[None, str] | None:
    """Return the family name by which somebody is called who gives no other; None for others.

    Example:
        >>> politely("黃先生"), politely("欧阳 女士"), politely("张总"), politely("黃先宇")
        ((None, '黃'), (None, '欧阳'), (None, '张'), None)
    """
    if full.isascii():
        return None
    text = narrow(full)
    name = _BOSS.sub("", _TITLES.sub("", text))
    return (None, name) if name != text and (name in _SINGLE or name in _COMPOUND) else None


def romanised(words: list[str]) -> tuple[str, str] | None:
    """Return given and family name of a Chinese or Korean name in Latin letters.

    Args:
        words: A full name of two words, one of them two syllables with a hyphen.

    Returns:
        The two; None where the other is no family name, or the syllables are none.

    Example:
        >>> romanised(["HSU", "LI-HUA"]), romanised(["Po-Wei", "Hung"])
        (('LI-HUA', 'HSU'), ('Po-Wei', 'Hung'))
        >>> romanised(["Lee", "Smith-Jones"]), romanised(["Jo-Ann", "Lee"])
        (None, None)
    """
    if len(words) != 2:
        return None
    given = [word for word in words if "-" in word]
    family = [word for word in words if word.lower() in _families()]
    if len(given) != 1 or len(family) != 1 or given == family:
        return None
    syllables = given[0].lower().split("-")
    known = len(syllables) == 2 and all(map(_syllable().fullmatch, syllables))
    return (given[0], family[0]) if known else None


@cache
def ways(sign: str) -> tuple[str, ...]:
    """Return how a sign is written in Latin letters; none for what is no Chinese sign.

    Example:
        >>> ways("许"), "chan" in ways("陳")
        (('xu', 'hsu', 'shu', 'su', 'hui', 'koh', 'khor'), True)
    """
    reading = anyascii(sign).lower()
    if not ("\u3400" <= sign <= "\u9fff" and reading.isalpha()):
        return ()
    known = _elsewhere().get(sign, ())
    if reading in _table(_WHOLE):
        return (*_table(_WHOLE)[reading], *known)
    size = next((size for size in (2, 1) if reading[:size] in _table(_STARTS)), 0)
    starts = _table(_STARTS).get(reading[:size], ("",))
    rest = _table(_REST).get(reading[size:], (reading[size:],))
    return tuple(dict.fromkeys([*(a + b for b in rest for a in starts), *known]))


@cache
def _table(said: str) -> dict[str, tuple[str, ...]]:
    pairs = (entry.partition("=") for entry in said.split())
    return {sound: tuple((spelt or sound).split("/")) for sound, _, spelt in pairs}


@cache
def _elsewhere() -> dict[str, tuple[str, ...]]:
    return {sign: spelt for signs, spelt in _table(_ELSEWHERE).items() for sign in signs}


@cache
def _families() -> frozenset[str]:
    """Return family names in Latin letters."""
    return frozenset(KOREAN.values()).union(*map(ways, _SINGLE))


@cache
def _syllable() -> re.Pattern[str]:
    starts, rest = (
        "|".join(sorted({way for spelt in _table(said).values() for way in spelt}))
        for said in (_STARTS, f"{_REST} {_WHOLE}")
    )
    korean = r"[bcdghjkmnprstwy]?h?(?:y?[aeiou]|yeo|eo|oo|ou|eu|ae|ee|ui|wo|wa)(?:n|ng|k|m|l|h|p)?"
    return re.compile(f"(?:(?:{starts})?(?:{rest})|{korean})")
