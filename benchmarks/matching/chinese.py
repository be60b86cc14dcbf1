"""Made-up people of China: names by their sound, addresses, and what goes wrong in Han script."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
from pools import Pool, zipf

# Surnames by frequency, with the share of the first ones in per cent.
_SURNAMES = """
王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao
林lin 何he 郭guo 马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao
程cheng 曹cao 袁yuan 邓deng 许xu 傅fu 沈shen 曾zeng 彭peng 吕lü 苏su 卢lu 蒋jiang 蔡cai 贾jia
丁ding 魏wei 薛xue 叶ye 阎yan 余yu 潘pan 杜du 戴dai 夏xia 钟zhong 汪wang 田tian 任ren 姜jiang
范fan 方fang 石shi 姚yao 谭tan 廖liao 邹zou 熊xiong 金jin 陆lu 郝hao 孔kong 白bai 崔cui 康kang
毛mao 邱qiu 秦qin 江jiang 史shi 顾gu 侯hou 邵shao 孟meng 龙long 万wan 段duan 雷lei 钱qian 汤tang
尹yin 黎li 易yi 常chang 武wu 乔qiao 贺he 赖lai 龚gong 文wen 欧阳ouyang 司马sima 上官shangguan
诸葛zhuge 庞pang 樊fan 兰lan 殷yin 施shi 陶tao 洪hong 翟zhai 安an 颜yan 倪ni 严yan 牛niu 温wen
芦lu 季ji 俞yu 章zhang 鲁lu 葛ge 伍wu 韦wei 申shen 尤you 毕bi 聂nie 焦jiao 向xiang 柳liu 邢xing
"""
_SHARES = "7.2 7.0 6.6 5.2 4.5 3.1 2.2 2.1 2.0 2.0 1.6 1.5 1.3 1.2 1.1 1.0 1.0 1.0 1.0 .9"

# Letters of given names by how they sound: of women, of men, of both.
_WOMEN = """
fang芳 na娜 xiu秀 min敏 jing静晶婧菁 li丽莉俐 yan艳燕妍 xia霞 ying英莹颖瑛 juan娟 ping萍
hong红虹 yu玉 lan兰岚 feng凤 mei梅美玫 lin琳 xue雪 dan丹 ting婷 na娜 hui慧惠 qian倩茜 yue月悦
rong蓉 zhen珍 ju菊 ling玲 qin琴 xiang香 shu淑 ya雅娅 wen雯 xin欣馨 jia佳嘉 qi琪琦 yao瑶 wei薇
han涵 xuan萱 yi怡
"""
_MEN = """
wei伟炜威 qiang强 lei磊 jun军俊君 yong勇 jie杰 tao涛 chao超 peng鹏 gang刚 hui辉 bo波博 bin斌彬
hao浩 ming明 fei飞 long龙 kai凯 jian建健剑 guo国 zhi志智 hua华 dong东冬 sheng胜生 xiang祥翔
feng峰锋 liang亮 hai海 ping平 cheng成诚 yang阳洋 xin新鑫 qing庆 shan山 bao宝 chang昌 fu福富
xuan轩 ze泽 yu宇 rui睿锐
"""
_BOTH = """
wen文 lin林 yun云 chun春 xiao晓小 hong宏鸿 zi子 si思 jing景 yi一艺 le乐 ran然 xi希曦 tian天
rui瑞 jin金 yu雨 an安 chen晨辰 hang航 yuan远 ke可 yang扬 qi奇
"""
_TRADITIONAL = dict(
    zip(
        "张刘陈杨赵黄吴孙马罗郑谢韩冯许邓苏卢蒋叶贾阎钟陆顾龙万钱汤乔贺赖龚吕萧谭邹兰严庞颜韦聂毕"
        "伟强军杰涛超鹏刚辉飞凯国华东胜锋阳丽艳静颖娟红虹玛莹琼凤悦馨亚云晓鸿艺乐庆宝建剑泽锐红",
        "張劉陳楊趙黃吳孫馬羅鄭謝韓馮許鄧蘇盧蔣葉賈閻鐘陸顧龍萬錢湯喬賀賴龔呂蕭譚鄒蘭嚴龐顏韋聶畢"
        "偉強軍傑濤超鵬剛輝飛凱國華東勝鋒陽麗艷靜穎娟紅虹瑪瑩瓊鳳悅馨亞雲曉鴻藝樂慶寶建劍澤銳紅",
        strict=True,
    )
)
# City, its reading, its first four digits of a postcode, its districts.
_CITIES = """
北京市 Beijing 1000 朝阳区,海淀区,东城区,西城区,丰台区,通州区
上海市 Shanghai 2000 浦东新区,徐汇区,静安区,黄浦区,闵行区
广州市 Guangzhou 5100 天河区,越秀区,海珠区,白云区
深圳市 Shenzhen 5180 南山区,福田区,罗湖区,宝安区,龙岗区
成都市 Chengdu 6100 锦江区,青羊区,武侯区,金牛区|杭州市 Hangzhou 3100 西湖区,上城区,拱墅区,滨江区
武汉市 Wuhan 4300 武昌区,江汉区,洪山区,汉阳区
重庆市 Chongqing 4000 渝中区,江北区,沙坪坝区,九龙坡区
西安市 Xian 7100 雁塔区,碑林区,莲湖区,未央区|南京市 Nanjing 2100 玄武区,鼓楼区,秦淮区,建邺区
天津市 Tianjin 3000 和平区,南开区,河西区|苏州市 Suzhou 2150 姑苏区,虎丘区,吴中区
长沙市 Changsha 4100 岳麓区,芙蓉区,雨花区|郑州市 Zhengzhou 4500 金水区,中原区,二七区
青岛市 Qingdao 2660 市南区,市北区,崂山区|沈阳市 Shenyang 1100 和平区,沈河区,铁西区
大连市 Dalian 1160 中山区,西岗区,沙河口区|济南市 Jinan 2500 历下区,市中区,槐荫区
厦门市 Xiamen 3610 思明区,湖里区,集美区|福州市 Fuzhou 3500 鼓楼区,台江区,仓山区
哈尔滨市 Harbin 1500 道里区,南岗区,香坊区|昆明市 Kunming 6500 五华区,盘龙区,官渡区
合肥市 Hefei 2300 蜀山区,庐阳区,包河区|宁波市 Ningbo 3150 海曙区,江北区,鄞州区
无锡市 Wuxi 2140 梁溪区,滨湖区,锡山区|石家庄市 Shijiazhuang 0500 长安区,桥西区,裕华区
南昌市 Nanchang 3300 东湖区,西湖区,青山湖区|贵阳市 Guiyang 5500 南明区,云岩区
太原市 Taiyuan 0300 小店区,迎泽区,杏花岭区|南宁市 Nanning 5300 青秀区,兴宁区,江南区
长春市 Changchun 1300 朝阳区,南关区,宽城区|佛山市 Foshan 5280 禅城区,南海区,顺德区
东莞市 Dongguan 5230 莞城区,南城区,东城区|温州市 Wenzhou 3250 鹿城区,龙湾区,瓯海区
"""
_ROADS = (
    "中山 人民 解放 建设 和平 新华 文化 胜利 长江 黄河 南京 北京 上海 友谊 光明 幸福 "
    "团结 朝阳 滨江 科技 学府 花园 湖滨 西湖 东风 红旗 八一 五一 迎宾 振兴 长安 天府 "
    "金融 创业 民主 青年 工业 体育 延安 复兴"
).split()
_ENDS = "路 街 大道 东路 西路 南路 北路 中路 巷".split()
_MOBILE = "130 131 132 133 135 136 137 138 139 150 151 152 153 155 156 157 158 159 166 170 176 177"
_DOMAINS = "163.com 163.com qq.com 126.com sina.com gmail.com foxmail.com hotmail.com 139.com"


def _surnames() -> dict[str, str]:
    told = {}
    for word in _SURNAMES.split():
        letters = "".join(c for c in word if ord(c) > 0x2E80)
        told[letters] = word[len(letters) :]
    return told


def _letters(*tables: str) -> Iterator[tuple[str, str]]:
    for table in tables:
        for word in table.split():
            sound = "".join(c for c in word if c.isascii())
            for letter in word[len(sound) :]:
                yield letter, sound


_SURNAME_SOUND = _surnames()
_SOUND = dict(_letters(_WOMEN, _MEN, _BOTH))
_SOUND |= {name: sound for name, sound in _SURNAME_SOUND.items() if name not in _SOUND}
_CITY_SOUND = {
    line.split()[0]: line.split()[1] for line in _CITIES.replace("\n", "|").strip("|").split("|")
}
_ALIKE: dict[str, list[str]] = {}
for _letter, _sound in _SOUND.items():
    _ALIKE.setdefault(_sound, []).append(_letter)


def pinyin(text: str) -> str:
    """Return a name or a city in Latin letters, without tones.

    >>> pinyin("王"), pinyin("晓燕"), pinyin("欧阳"), pinyin("北京市")
    ('Wang', 'Xiaoyan', 'Ouyang', 'Beijing')
    """
    if text in _CITY_SOUND:
        return _CITY_SOUND[text]
    whole = _SURNAME_SOUND.get(text) or "".join(_SOUND.get(letter, letter) for letter in text)
    return whole.replace("ü", "v").capitalize()


def homophone(text: str, draw: random.Random) -> str:
    """Return a name with one letter exchanged for another of the same sound, where there is one."""
    at = [
        place
        for place, letter in enumerate(text)
        if letter in _SOUND and len(_ALIKE[_SOUND[letter]]) > 1
    ]
    if not at:
        return text
    place = draw.choice(at)
    others = [letter for letter in _ALIKE[_SOUND[text[place]]] if letter != text[place]]
    return text[:place] + draw.choice(others) + text[place + 1 :]


def traditional(text: str, draw: random.Random) -> str:
    """Return a name in traditional letters."""
    return "".join(_TRADITIONAL.get(letter, letter) for letter in text)


def _given(table: str, draw: random.Random) -> list[str]:
    """Return given names: those of one letter among the frequent ones, then pairs."""
    own = [letter for letter, _ in _letters(table)]
    every = own + [letter for letter, _ in _letters(_BOTH)]
    draw.shuffle(own)
    pairs = [a + b for a in every for b in every if a != b or a in own]
    weights = {letter: 1 / (at + 5) for at, letter in enumerate(own)}
    pairs.sort(
        key=lambda pair: (
            -(weights.get(pair[0], 0.02) * weights.get(pair[1], 0.02)) * draw.uniform(0.2, 1)
        )
    )
    names = pairs[:6000]
    for at, letter in enumerate(own):
        names.insert(at * 3, letter)
    return names


def _places() -> tuple[list[str], list[str]]:
    cities, codes = [], []
    for line in _CITIES.replace("\n", "|").strip("|").split("|"):
        city, _, start, districts = line.split()
        for at, _ in enumerate(districts.split(",")):
            for more in range(3):
                cities.append(city)
                codes.append(f"{start}{at * 3 + more:02d}")
    return cities, codes


class _ChinesePool(Pool):
    def street_line(self, street: str, house: int) -> str:
        """Return road, number, building and flat; the same house is always written alike."""
        block, flat = house % 12 + 1, (house * 37) % 30 * 100 + 101 + house % 4
        return f"{street}{house}号{block}单元{flat}室"


def pool(seed: int) -> Pool:
    """Return what the people of China are drawn from."""
    draw = random.Random(seed)
    cities, codes = _places()
    family = list(_SURNAME_SOUND)
    shares = [float(share) for share in _SHARES.split()]
    rest = zipf(len(family) - len(shares), 1.0, 8)
    weights = np.concatenate([shares, rest / rest.sum() * (100 - sum(shares)) * 0.9])
    given = [_given(_WOMEN, draw), _given(_MEN, draw)]
    return _ChinesePool(
        country="CN",
        country_name="中国",
        weight=1,
        calling="86",
        trunk="",
        mobile=_MOBILE.split(),
        digits=11,
        number_first=False,
        given=given,
        given_weights=[zipf(len(names), 0.8, 30) for names in given],
        family=family,
        cities=cities,
        postcodes=codes,
        streets=[f"{road}{end}" for road in _ROADS for end in _ENDS],
        domains=_DOMAINS.split(),
        latin=pinyin,
        native_script=True,
        takes_name=0.05,
        numbers_as_mail=0.3,
        family_weights=weights,
    )
