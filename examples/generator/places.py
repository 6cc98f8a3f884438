"""Who there is: townships, schools and kindergartens by name, with the pupils of each section.

Townships are the district's own sixteen; every school, code and figure is invented.
"""

from __future__ import annotations

from typing import NamedTuple

TOWNSHIPS = {
    "泉河": ("泉河街道", "城区"),
    "龙山": ("龙山街道", "城区"),
    "怀柔": ("怀柔镇", "平原"),
    "雁栖": ("雁栖镇", "平原"),
    "庙城": ("庙城镇", "平原"),
    "北房": ("北房镇", "平原"),
    "杨宋": ("杨宋镇", "平原"),
    "桥梓": ("桥梓镇", "平原"),
    "怀北": ("怀北镇", "山区"),
    "渤海": ("渤海镇", "山区"),
    "九渡河": ("九渡河镇", "山区"),
    "琉璃庙": ("琉璃庙镇", "山区"),
    "汤河口": ("汤河口镇", "山区"),
    "宝山": ("宝山镇", "山区"),
    "长哨营": ("长哨营满族乡", "山区"),
    "喇叭沟门": ("喇叭沟门满族乡", "山区"),
}
"""Short name -> full name and zone (片区)."""

AREA_TYPES = {"城区": "城区", "平原": "镇区", "山区": "乡村"}


class SchoolPlan(NamedTuple):
    """A school before its figures: type, pupils by stage, and the other names it goes by."""

    name: str
    township: str
    type: str
    pupils: dict[str, int]
    aliases: str = ""
    opened: int = 1985


def _primary(name: str, township: str, pupils: int, aliases: str = "", opened: int = 1985) -> SchoolPlan:
    return SchoolPlan(name, township, "小学", {"小学": pupils}, aliases, opened)


def _junior(name: str, township: str, pupils: int, aliases: str = "", opened: int = 1978) -> SchoolPlan:
    return SchoolPlan(name, township, "初级中学", {"初中": pupils}, aliases, opened)


def _nine_year(name: str, township: str, primary: int, junior: int, aliases: str = "") -> SchoolPlan:
    return SchoolPlan(name, township, "九年一贯制学校", {"小学": primary, "初中": junior}, aliases, 2006)


def _complete(name: str, township: str, junior: int, senior: int, aliases: str = "") -> SchoolPlan:
    return SchoolPlan(name, township, "完全中学", {"初中": junior, "高中": senior}, aliases, 1956)


SCHOOLS = (
    _primary("泉河第一小学", "泉河", 1684, "泉河一小"),
    _primary("泉河第二小学", "泉河", 1436, "泉河二小"),
    _primary("青春路小学", "泉河", 1204),
    _primary("龙山小学", "龙山", 1572, "龙山中心小学"),
    _primary("南华园小学", "龙山", 1318),
    _primary("滨湖小学", "龙山", 1047, opened=2012),
    _primary("迎宾路小学", "龙山", 968),
    _primary("红军庄小学", "怀柔", 893),
    _primary("庙城小学", "庙城", 1126, "庙城中心小学"),
    _primary("北房小学", "北房", 468, "北房中心小学"),
    _primary("杨宋小学", "杨宋", 687, "杨宋中心小学"),
    _primary("桥梓小学", "桥梓", 742, "桥梓中心小学"),
    _primary("怀北小学", "怀北", 534, "怀北中心小学"),
    _primary("渤海小学", "渤海", 421, "渤海中心小学"),
    _primary("九渡河小学", "九渡河", 398),
    _primary("琉璃庙小学", "琉璃庙", 236),
    _primary("汤河口小学", "汤河口", 387, "汤河口中心小学"),
    _primary("宝山小学", "宝山", 124, "宝山中心小学"),
    _primary("长哨营小学", "长哨营", 248),
    _junior("泉河中学", "泉河", 712),
    _junior("龙山中学", "龙山", 684),
    _junior("湖光中学", "龙山", 563, opened=2010),
    _junior("庙城中学", "庙城", 498),
    _junior("北房中学", "北房", 312),
    _junior("杨宋中学", "杨宋", 287),
    _junior("桥梓中学", "桥梓", 335),
    _junior("汤河口中学", "汤河口", 214),
    _junior("九渡河中学", "九渡河", 189),
    _nine_year("雁栖学校", "雁栖", 812, 346, "雁栖九年一贯制学校"),
    _nine_year("郭家坞学校", "怀柔", 976, 402),
    _nine_year("喇叭沟门学校", "喇叭沟门", 288, 118, "喇叭沟门满族学校"),
    _complete("府前街中学", "泉河", 622, 1216, "府前街完全中学"),
    _complete("开放路中学", "泉河", 578, 1042),
    _complete("青龙路中学", "龙山", 466, 758),
    _complete("雁栖湖中学", "雁栖", 402, 628),
    SchoolPlan("怀柔职业学校", "怀柔", "中等职业学校", {"中职": 1236}, "怀柔职校、怀柔职业中专", 1983),
    SchoolPlan("怀柔培智学校", "怀柔", "特殊教育学校", {"特教": 96}, "培智学校", 1989),
)
"""In the order of the roster: by type, then by township. 小学 17,569 pupils, 初中 6,728, 高中 3,644."""

CLASS_DIGITS = {"幼儿园": "11", "小学": "21", "初级中学": "31", "九年一贯制学校": "31", "完全中学": "34",
                "中等职业学校": "36", "特殊教育学校": "51"}  # fmt: skip
"""The first two digits of a school code; 11 for Beijing follows, then six invented digits."""

MISSING_PRIMARY = "宝山小学"
MISSING_KINDERGARTEN = "庙城小橡树幼儿园"
"""On the roster, but not in the district's return."""

PUBLIC_KINDERGARTENS = {
    "泉河": ("泉河第一", "泉河第二", "泉河第三", "青春路"),
    "龙山": ("龙山第一", "龙山第二", "南华园", "滨湖", "迎宾路"),
    "怀柔": ("红军庄", "郭家坞"),
    "雁栖": ("雁栖湖", "范各庄"),
    "庙城": ("庙城第二", "高两河"),
    "北房": ("韦里",),
    "杨宋": ("凤翔",),
}
"""Besides one central kindergarten in each township."""

PRIVATE_KINDERGARTENS = {
    "泉河": "小雨点 金色童年 童心 启明星 蓝天 小太阳 阳光 百合 向日葵 七色光 小天使 爱心",
    "龙山": "新苗 春蕾 红苹果 小燕子 金钥匙 彩虹 智慧树 育英 博雅 小博士 同乐 欢乐谷",
    "怀柔": "乐童 青苗 蒲公英 贝贝 星星 小海豚",
    "雁栖": "天天 月亮船 小白鸽 快乐",
    "庙城": "小橡树 晨光 希望 小荷",
    "北房": "金太阳 银杏 小蜜蜂",
    "杨宋": "蓓蕾 童画",
    "桥梓": "小种子 乐园",
}

NOT_INCLUSIVE = {"龙山博雅幼儿园": 124, "雁栖月亮船幼儿园": 108, "泉河金色童年幼儿园": 97, "怀柔小海豚幼儿园": 79}
"""Private kindergartens that are not 普惠性, with their children."""
