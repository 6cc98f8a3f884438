"""What the district itself reports: spending by stage and year, and the population.

Education spending rises every year. Spending per primary pupil falls in 2023 all the same, because pupils grew by
4.0 % and spending on primary schools by 2.7 %.
"""

from __future__ import annotations

YEARS = (2020, 2021, 2022, 2023, 2024, 2025)
REPORTED = 4
"""Years that have figures; the later ones are blank."""

BUDGET = (1_182_360, 1_209_870, 1_236_990, 1_262_368)
EDUCATION = (171_462, 177_090, 183_075, 188_093)
SPENDING = {
    "幼儿园": (16_105, 16_520, 16_836, 17_043),
    "小学": (66_842, 69_180, 71_936, 73_852),
    "初中": (38_420, 39_760, 41_150, 42_510),
    "高中": (24_310, 25_205, 26_120, 26_985),
    "中职": (7_980, 7_935, 7_930, 7_935),
}
OTHER = (17_805, 18_490, 19_103, 19_768)
STUDENTS = {
    "幼儿园": (11_342, 11_236, 11_104, 10_988),
    "小学": (16_204, 16_512, 16_893, 17_569),
    "初中": (6_318, 6_455, 6_590, 6_728),
    "高中": (3_402, 3_481, 3_560, 3_644),
    "中职": (1_310, 1_284, 1_262, 1_236),
}

POPULATION = (
    ("3—6岁适龄人口", 11_024),
    ("15—17岁适龄人口", 4_780),
    ("6—15岁残疾适龄人口", 126),
    ("残疾儿童入学人数", 126),
)
