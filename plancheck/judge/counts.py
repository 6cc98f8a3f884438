"""What is counted: schools or rows of a list that hold a condition, groups with enough of them, members of a set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from plancheck.expression import Node
from plancheck.judge.evidence import Question
from plancheck.judge.figures import Figures, elements_in, ratio_of, scale_of, unread
from plancheck.language import Said, Text, all_of
from plancheck.model import Count, EveryGroup, Finding, Members, Reason, Share, Shortfall, Value
from plancheck.quantity import tidy


class Answers(Struct):
    """What each school (or row of a list) says: its first unit's position, and yes, no, or None where that is not known.

    `used` are the positions of all units that answer.
    """

    said: list[tuple[int, bool | None]] = field(default_factory=list)
    used: list[int] = field(default_factory=list)

    def known(self) -> list[tuple[int, bool]]:
        """Return those that say yes or no."""
        return [(at, answer) for at, answer in self.said if answer is not None]


def answers(question: Question, condition: Node, *, each_unit: bool = False) -> Answers:
    """Ask a condition. The units of one school answer for it together and must agree, unless each is asked for itself."""
    values, population = question.frame.values(condition), question.population
    found = Answers()
    if each_unit or question.frame.listed or question.who.level == "unit" or _one_each(question):
        found.said = [(at, None if (value := values[at]) is None else bool(value)) for at in population]
        found.used = [at for at, answer in found.said if answer is not None]
        return found
    schools: dict[str, list[int]] = {}
    for at in population:
        schools.setdefault(question.frame.units[at].code, []).append(at)
    for positions in schools.values():
        if len(positions) == 1:
            answer = _answer(values[positions[0]])
            found.said.append((positions[0], answer))
            found.used += positions if answer is not None else ()
            continue
        said = {values[at] for at in positions} - {None}
        found.said.append((positions[0], bool(said.pop()) if len(said) == 1 else None))
        if found.said[-1][1] is not None:
            found.used += [at for at in positions if values[at] is not None]
        elif len(said) > 1:
            _disagree(question, condition, positions[0])
    return found


def _one_each(question: Question) -> bool:
    """Return whether each school has one unit: then there is nothing to put together, which takes a while for many."""
    codes = [question.frame.units[at].code for at in question.population]
    return len(set(codes)) == len(codes)


def _answer(value: Value | None) -> bool | None:
    return None if value is None else bool(value)


def _disagree(question: Question, condition: Node, position: int) -> None:
    unit = question.frame.units[position]
    elements = elements_in(question.frame, condition)
    params: dict[str, Said] = {"name": unit.name, "element": elements}
    finding = Finding("PC403", unit=unit.id, params=params, period=question.period)
    question.frame.note(finding, unit.id, elements.zh)


def share(question: Question, measure: Share) -> Figures:
    """Work out the share of those for which a condition holds, among those that answer."""
    found, scale = answers(question, measure.condition), scale_of(question.indicator)
    known = found.known()
    coverage = question.covered(len(known), len(found.said), found.used)
    schools = not question.frame.listed
    if not known:
        nothing = question.frame.complete and not found.said
        reason = Reason("nothing_counted") if nothing else unread(question.frame, measure.condition)
        return Figures(coverage, reason=reason, whole_schools=schools)
    yes, every = sum(answer for _, answer in known), len(found.said)
    return Figures(
        coverage,
        ratio_of(yes, len(known), scale),
        yes,
        len(known),
        found.used,
        [(at, int(answer), 1) for at, answer in known],
        low=ratio_of(yes, every, scale),
        high=ratio_of(yes + every - len(known), every, scale),
        whole_schools=schools,
    )


def count(question: Question, measure: Count) -> Figures:
    """Count those for which a condition holds. None at all is a count of 0 where it is known that there is none."""
    found = answers(question, measure.condition)
    known = found.known()
    coverage = question.covered(len(known), len(found.said), found.used)
    if not known and (found.said or not question.frame.complete):
        return Figures(coverage, reason=unread(question.frame, measure.condition))
    yes = sum(answer for _, answer in known)
    return Figures(coverage, yes, yes, used=found.used, low=yes, high=yes + len(found.said) - len(known))


# --------------------------------------------------------------------------------------- groups and sets


def every_group(question: Question, measure: EveryGroup) -> Figures:
    """Work out the share of groups that have enough schools of a kind: of those declared, else of those that occur.

    A group is undecided while schools that do not answer could still make it have enough.
    """
    found = answers(question, measure.condition)
    groups, words = _groups(question, measure), question.frame.column(measure.by)
    yes, open_ = dict.fromkeys(groups, 0), dict.fromkeys(groups, 0)
    for at, answer in found.said:
        word = words[at]
        if isinstance(word, str) and word in yes:
            yes[word] += answer is True
            open_[word] += answer is None
    having = [group for group in groups if yes[group] >= measure.least]
    lacking = [group for group in groups if yes[group] + open_[group] < measure.least]
    shortfalls = [Shortfall(group, Text(group, group), measure.least - yes[group], yes[group]) for group in lacking]
    if not found.said or len(found.known()) == 0:
        return Figures(question.covered(0, len(groups), ()), reason=unread(question.frame, measure.condition))
    return _of_all(question, (len(having), len(lacking), len(groups)), found.used, shortfalls)


def _groups(question: Question, measure: EveryGroup) -> Sequence[str]:
    """Return the groups, and note what does not fit: declared ones without units, words that are none of them."""
    frame, units = question.frame, question.plan.units
    stages = () if frame.listed else question.indicator.stages
    parted = frame.parted(stages, question.indicator.where, measure.by)
    declared = units.groups.get(measure.by, ())
    occurring = [word for word in parted if word]
    label = question.plan.elements[measure.by].label
    if "" in parted:
        params: dict[str, Said] = {"count": len(parted[""]), "attribute": label}
        frame.note(Finding("PC406", params=params, period=question.period), measure.by)
    if not declared:
        return occurring
    everywhere = {word for word in frame.column(measure.by) if isinstance(word, str)}
    for code, wrong in (
        ("PC410", sorted(everywhere.difference(declared))),
        ("PC411", [group for group in declared if group not in everywhere]),
    ):
        if wrong:
            frame.note(
                Finding(code, params={"attribute": label, "groups": all_of(wrong)}, period=question.period),
                measure.by,
            )
    return declared


def _of_all(
    question: Question, counts: tuple[int, int, int], used: Sequence[int], shortfalls: Sequence[Shortfall]
) -> Figures:
    """Return the share of those that hold, among those of which it is known; `counts` are these, those that do not, all."""
    (yes, no, every), scale = counts, scale_of(question.indicator)
    coverage = question.covered(yes + no, every, used)
    if yes + no == 0:
        return Figures(coverage, used=used, reason=Reason("nothing_known"))
    return Figures(
        coverage,
        ratio_of(yes, yes + no, scale),
        yes,
        yes + no,
        used,
        low=ratio_of(yes, every, scale),
        high=ratio_of(every - no, every, scale),
        shortfalls=shortfalls,
    )


def members(question: Question, measure: Members) -> Figures:
    """Work out the share of a named set that stands in a list, with the condition holding where there is one."""
    rows = rows_by_name(question)
    values = None if measure.condition is None else question.frame.values(measure.condition)
    used: list[int] = []
    yes, shortfalls = 0, list[Shortfall]()
    for names in measure.members.values():
        found = [at for name in names for at in rows.get(_key(name), ())]
        said = [True if values is None else _answer(values[at]) for at in found]
        used += found
        if any(said):
            yes += 1
        elif None not in said:
            shortfalls.append(Shortfall(names[0], Text(names[0], names[0]), 1, 0))
    return _of_all(question, (yes, len(shortfalls), len(measure.members)), used, shortfalls)


def rows_by_name(question: Question) -> Mapping[str, Sequence[int]]:
    """Return the positions of a list's rows (or of schools' units) by name, written without white space."""
    rows: dict[str, list[int]] = {}
    for at in question.population:
        rows.setdefault(_key(question.frame.units[at].name), []).append(at)
    return rows


def rows_named(question: Question, names: Sequence[str]) -> Sequence[int]:
    """Return the positions of the rows that have any of several names."""
    rows = rows_by_name(question)
    return [at for key in dict.fromkeys(map(_key, names)) for at in rows.get(key, ())]


def _key(name: str) -> str:
    return "".join(tidy(name).split())
