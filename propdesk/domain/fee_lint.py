"""What a paper about fees may not say (F65, decision 37, law.md 1.1, 1.2, 1.6).

Who collects fees may demand, sue and arbitrate, and nothing else (Civil Code 944). Looked at are
the letters of a text without what somebody put between them (停 水, 断..电), traditional characters
as simplified ones. What a sentence denies is no threat: 我们不会停水. Notices of works are never
looked at here: 停水通知 is lawful. There is no way around a refusal, for nobody: reword it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.errors import RuleError
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import elide
from propdesk.i18n import LazyText, _, _lazy


class Threat(StrEnum):
    """What a text threatens with, or whom it sends."""

    UTILITIES = "utilities"
    LIFT = "lift"
    ACCESS = "access"
    PARKING = "parking"
    CREDIT = "credit"
    SHAMING = "shaming"
    POLICE = "police"
    GUARDS = "guards"
    FAMILY = "family"
    SERVICE = "service"
    SEIZURE = "seizure"
    INSULT = "insult"


@dataclass(frozen=True, slots=True)
class Ban:
    """Why something may not be said: in words, and where the law says so."""

    words: LazyText
    article: LazyText


BANS: Mapping[Threat, Ban] = {
    Threat.UTILITIES: Ban(
        _lazy("cutting off or limiting water, power, gas or heat"),
        _lazy("Civil Code 944; local rules, such as Zhengzhou 42, 67 and Weifang 55"),
    ),
    Threat.LIFT: Ban(
        _lazy("keeping somebody from the lift"),
        _lazy("Civil Code 944; local rules, such as Zhengzhou 42, 67"),
    ),
    Threat.ACCESS: Ban(
        _lazy("keeping somebody out, or locking a card"),
        _lazy("Civil Code 944; local rules, such as Zhengzhou 42, 67"),
    ),
    Threat.PARKING: Ban(
        _lazy("keeping a car out, in, or from its space"),
        _lazy("Civil Code 944; local rules, such as Weifang 55 and Zhengzhou 42"),
    ),
    Threat.CREDIT: Ban(
        _lazy("a blacklist or credit record without a judgement"),
        _lazy("Civil Code 1024; only a court decides on that"),
    ),
    Threat.SHAMING: Ban(
        _lazy("telling others who owes"),
        _lazy("Personal Information Protection Law 25; Civil Code 1024"),
    ),
    Threat.POLICE: Ban(
        _lazy("the police, for a debt of civil law"),
        _lazy("Civil Code 944: demand, then suit or arbitration"),
    ),
    Threat.GUARDS: Ban(
        _lazy("guards who collect, bring or take"),
        _lazy("Regulations on security services 26, 30"),
    ),
    Threat.FAMILY: Ban(
        _lazy("pressure through family, school or employer"),
        _lazy("Personal Information Protection Law 25; Civil Code 1033"),
    ),
    Threat.SERVICE: Ban(
        _lazy("withholding repairs or other services"),
        _lazy("Civil Code 942, 944"),
    ),
    Threat.SEIZURE: Ban(
        _lazy("taking things, changing locks, sealing doors"),
        _lazy("Civil Code 267, 1033"),
    ),
    Threat.INSULT: Ban(
        _lazy("insults and menaces"),
        _lazy("Civil Code 1024"),
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that may not be said: as they stand in the text, where, and what they threaten."""

    words: str
    start: int
    threat: Threat

    @property
    def sentence(self) -> str:
        """What is wrong, with the article, and what to do."""
        ban = BANS[self.threat]
        return _(
            "«{words}» may not stand on a paper about fees: {ban} ({article}). Take it out; lawful "
            "ways are mediation, a payment order, arbitration and suit."
        ).format(words=elide(self.words, 40), ban=ban.words, article=ban.article)


# What stands for whom and what, in simplified letters without anything between them.
_THEIRS = "(?:对|掉|给|您|你|贵|该|其|本|各|户|业主|住户|家|的|室|内|房屋|里|供|应|户内|继续){0,8}"
_UTILITY = "(?:水|电|气|暖|热|燃气|煤气|天然气|能源)"
# Charges, meters, lifts, telephones and words about them are no supply.
_NO_SUPPLY = "(?!费|表|价|梯|话|子|量|度|单|脑|器|站|位|公司|压|分摊|读|烧|管|情|款|心|爱|力(?!供))"
_CUT = (
    "(?:停|断|掐|切|截|封|卡断|拉断|(?<![有相机无公])关(?!于|系|心|注|联)"
    "|(?<![期权有无时年上下局极])限)"
)
_REFUSE = (
    "(?:停止|暂停|中断|切断|终止|断绝|拒绝|不再|不予|不给|不供|不卖|不让|取消|限制|限时|限量|限额|减少|降低"
    "|关停|关闭|掐断|关掉|拉掉|切掉)"
)
_GATE = "(?:门禁|门卡|刷卡|ic卡|一卡通|蓝牙开门|人脸识别|通行权限|通行证|开门权限|出入证|梯控)"
_LOCK = (
    "(?:锁|冻结|注销|消磁|停用|禁用|限制|取消|关闭|失效|屏蔽|不予开通|不予办理|删除|暂停|收回|作废|拉黑"
    "|不能使用|无法使用)"
)
_FORBID = "(?:禁止|不准|不得|不让|不许|不能|限制|拒绝|阻止|不予|拦截|阻拦|拦下|谢绝|别想|休想)"
_ENTER = "(?:进出|出入|进入|通行|进小区|入内|回家|入园|放行|进门|出门|入户|进楼)"
_CAR = "(?:车辆|车牌|车位|停车|您的车|爱车|私家车|道闸|地库|车库|车子)"
_WHO = (
    "(?:姓名|名单|欠费户|欠费业主|欠费情况|欠费信息|欠费金额|欠缴|欠款|房号|个人信息|照片"
    "|您的信息|大名)"
)
_TELL = "(?:公示|公布|公开|张贴|曝光|通报|上榜|发到|发至|发在|发布|转发|点名|广播|播报|展示)"
_GUARD = (
    "(?:保安|秩序员|秩序维护员|秩序维护队|门岗|安保|护卫|巡逻队|安管|安全员)"
    "(?!服务|费|条例|亭|、?保洁)"
)
_KIN = (
    "(?:孩子|子女|小孩|儿女|学校|老师|单位|领导|雇主|老板|同事|配偶|父母|家人|家属|亲戚|亲友"
    "|亲属|邻居|公司)"
)
_LIFE = "(?:孩子|子女|小孩|儿女|上学|入学|升学|就业|工作|政审|考公|考编|出行|出国|前途|晋升)"

_RULES: tuple[tuple[Threat, str], ...] = (
    (Threat.UTILITIES, f"{_CUT}{_THEIRS}{_UTILITY}{_NO_SUPPLY}"),
    (Threat.UTILITIES, f"{_REFUSE}{_THEIRS}(?:生活用|用|购|卖|供应|提供)?{_UTILITY}{_NO_SUPPLY}"),
    (
        Threat.UTILITIES,
        (f"(?<!费){_UTILITY}(?:阀门?|闸|源|路|供应)?(?:将|会|要|即|就|被|予以|全部|立即|马上|一律)*"
        "(?:停(?!车|放|泊|靠|留|运|用)|断(?!路|缴|续)|切断|中断|掐|关闭|关停|关掉|拉掉|拉闸|限制|暂停)"),
    ),
    (Threat.UTILITIES, "拉闸|关闸|断供|停供|限供|剪线|剪电线|拔电表"),
    (Threat.UTILITIES, "拆(?:除|掉)?(?:您家)?(?:水|电)表"),
    (
        Threat.LIFT,
        ("(?:停用|禁用|禁止|不得|不准|不让|不许|不能|限制|锁|取消|关闭|暂停|停止|冻结)"
        "(?!.{0,3}维修).{0,7}(?:电梯|乘梯|坐梯|梯控)(?!费|维|运行费)"),
    ),
    (Threat.LIFT, f"(?:电梯|乘梯|梯控)(?:卡|权限|楼层|使用权)*.{{0,4}}{_LOCK}"),
    (Threat.ACCESS, f"{_LOCK}.{{0,6}}{_GATE}"),
    (Threat.ACCESS, f"{_GATE}.{{0,6}}{_LOCK}"),
    (Threat.ACCESS, f"{_FORBID}.{{0,6}}{_ENTER}"),
    (Threat.ACCESS, "堵门|守门口|蹲守"),
    (
        Threat.PARKING,
        "(?:锁|拖走|扣|堵|拦|限制|禁止|不准|不让|不得|取消|收回|停用)" + f".{{0,4}}{_CAR}(?!费)",
    ),
    (
        Threat.PARKING,
        f"{_CAR}.{{0,6}}(?:禁止|不得|限制|取消|停用|锁|拦|移出|拉黑|不予放行|抬杆|不抬|拒绝|收回|拖走)",
    ),
    (Threat.PARKING, "锁车|扣车|拖车|堵车库|不(?:予|再)?抬杆"),
    (
        Threat.CREDIT,
        ("失信|黑名单|征信|(?:个人|您的)?信用(?:记录|档案|系统|报告|污点|评级)|老赖"
        "|限制(?:您?的?)高消费|限高"
        "|(?:不能|无法|不得).{0,3}(?:高铁|飞机)|影响.{0,4}(?:贷款|房贷|车贷)"),
    ),
    (Threat.SHAMING, f"{_TELL}.{{0,12}}{_WHO}"),
    (Threat.SHAMING, f"{_WHO}.{{0,10}}{_TELL}"),
    (
        Threat.SHAMING,
        ("(?:发到|发至|发在|发进|晒到|转发到?|艾特|贴到|贴在|公布在|公示在).{0,6}"
        "(?:业主群|微信群|群里|朋友圈|楼道|电梯|大堂|单元门|公告栏|小区大门|小区门口)"),
    ),
    (Threat.SHAMING, "曝光|示众|拉横幅|挂横幅|大喇叭"),
    (Threat.SHAMING, "(?:让|告诉|通知).{0,6}(?:邻居|全小区|左邻右舍|街坊)"),
    (Threat.POLICE, "报警|派出所|公安|警察|拘留|坐牢|治安处罚|刑事|判刑|警方"),
    (
        Threat.GUARDS,
        f"{_GUARD}.{{0,10}}(?:上门|登门|催|收取|收费|收缴|代收|送|找您|找你|盯|守候|堵|拦|驻守|带走|请出|处理)",
    ),
    (Threat.GUARDS, f"(?:交给|缴给|付给|交到|交至|交由|派|联系|找|致).{{0,6}}{_GUARD}"),
    (Threat.GUARDS, f"(?:送达人|经办人|收款人|催收人|送件人).{{0,2}}{_GUARD}"),
    (
        Threat.FAMILY,
        (f"(?<!请您)(?<!请)(?:通知|告知|联系|告诉|致电|发函|反映|通报|走访|找).{{0,3}}(?:您|你|其|到|给)"
        f".{{0,6}}{_KIN}"),
    ),
    (Threat.FAMILY, f"(?:影响|耽误|牵连|连累).{{0,8}}{_LIFE}"),
    (Threat.FAMILY, f"{_KIN}.{{0,4}}(?:受牵连|受连累|受影响|抬不起头|丢脸|没面子)"),
    (
        Threat.SERVICE,
        ("(?:拒绝|停止|暂停|不再|不予|一律不|拒不).{0,6}"
        "(?:维修|报修|受理|修理|收运垃圾|垃圾|快递|保洁|(?:物业)?服务(?!费)|过户|装修)"),
    ),
    (
        Threat.SERVICE,
        "(?:维修|报修|垃圾|快递|保洁|装修).{0,5}" + "(?:不予|拒绝|停止|暂停|一律不|不再|概不)",
    ),
    (
        Threat.SEIZURE,
        ("撬锁|换锁|封门|贴封条|泼漆|清退|赶出|抵债|变卖|拍卖|强制执行|强制清"
        "|(?:扣押|扣留|没收|搬走|拿走).{0,6}(?:物品|财物|家具|快递|东西|押金)"),
    ),
    (Threat.INSULT, "不客气|走着瞧|等着瞧|让你好看|收拾你|无赖|赖账|不要脸|厚颜无耻|滚出|死皮赖脸"),
)  # fmt: skip
_PATTERNS = tuple((threat, re.compile(pattern)) for threat, pattern in _RULES)

# English papers are few; the same bans in the words that a clerk would use.
_ENGLISH: tuple[tuple[Threat, re.Pattern[str]], ...] = (
    (
        Threat.UTILITIES,
        re.compile(
            r"\b(?:cut(?:ting)?|disconnect\w*|shut\w*|turn\w*|switch\w*|limit\w*|stop\w*|suspend\w*)"
            r"\b(?:\W+\w+){0,4}?\W+(?:water|electricity|power|gas|heat\w*)\b(?!\W+(?:fee|bill|charge))"
        ),
    ),
    (
        Threat.ACCESS,
        re.compile(
            r"\b(?:block|disable|lock|deactivate|den[yi]|refuse|freeze|cancel)\w*"
            r"(?:\W+\w+){0,4}?\W+(?:access|entry|cards?|gate|door|lift|elevator|parking|cars?)\b"
        ),
    ),
    (Threat.CREDIT, re.compile(r"\b(?:blacklist\w*|credit (?:record|rating|bureau|score))\b")),
    (Threat.POLICE, re.compile(r"\b(?:police|arrest\w*|jail)\b")),
    (Threat.GUARDS, re.compile(r"\bguards?\b(?!\W+(?:service|fee))")),
    (
        Threat.SHAMING,
        re.compile(
            r"\b(?:publish|post|expose|announce)\w*(?:\W+\w+){0,3}?\W+(?:names?|list|debt)\b"
        ),
    ),
    (
        Threat.FAMILY,
        re.compile(
            r"\b(?:tell|inform|call|contact|notify)(?:\W+\w+){0,2}?\W+your\W+"
            r"(?:employer|family|children|school|boss|parents|neighbours?)\b"
        ),
    ),
)
_ENGLISH_DENIAL = re.compile(r"\b(?:not|never|no|nor|neither|without|don't|won't|cannot)\b")

# What denies the words behind it; 不得不停水 denies nothing, nor does 不缴费.
_DENIAL = re.compile(
    "(?:不会(?!缴|交|付|不)|不得(?!不)|不因|不以|绝不|决不|从不|永不|不可(?!不)|不应|不能(?!按|及|缴|交|付|支|不)"
    "|无权|无需|未(?:曾|采取|因|以)|没有(?:采取|实施|因|以|权)|不采取|不使用|不实施|不存在|不影响|严禁|并非|不是"
    "|杜绝|反对|不参与|不负责|不接受|不涉及|不需|不用|与.{1,6}无关|谢绝|请勿|不要|从未)"
)
# The same between whom it is about and what is done: 门禁卡不会锁, 保安不参与收费.
_DENIAL_INSIDE = re.compile("不会(?!不)|不参与|不负责|不得参与|无权|绝不|决不|从不|不接受|不因")
# Between a denial and the words: this takes it back.
_RETURN = re.compile("将|就会|就要|必将|立即|否则|但是|而是|只好|只能|马上|不得不")
_LAWFUL_AFTER = re.compile(
    "不受.{0,4}影响|照常|(?<!不)(?<!没有)(?:属于?)?违法|被禁止|不合法|法律禁止|明令禁止|不参与|不负责|不得参与"
)
_COURT = re.compile("法院|判决|裁定|仲裁裁决")
_FALSE_COLLECTOR = re.compile("冒充|假冒|诈骗|骗子|防骗|谨防")
_SENTENCE_END = frozenset("。！？；!?;\n")
_CLAUSE_END = _SENTENCE_END | frozenset("，,:：")
_REACH = 60


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text without what is no letter: its letters, where each stands, and the text itself."""

    text: str
    squeezed: str
    places: tuple[int, ...]

    def between(self, start: int, end: int) -> str:
        """Return the part of the text from one letter to before another, marks included."""
        if start >= end:
            return ""
        return self.text[self.places[start] : self.places[end - 1] + 1]


def _letters(text: str) -> _Letters:
    squeezed: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for plain in simplified(unicodedata.normalize("NFKC", character)).casefold():
            if plain.isalnum():
                squeezed.append("水" if plain == "氺" else plain)
                places.append(place)
    return _Letters(text, "".join(squeezed), tuple(places))


def lint_letter(text: str) -> tuple[Finding, ...]:
    """Return what may not stand on a paper about fees, in the order of the text; each place once.

    Looked at is every fee letter, template and delivery slip; never a notice (decision 37).
    """
    found: dict[tuple[int, Threat], Finding] = {}
    letters = _letters(text)
    for threat, pattern in _PATTERNS:
        for match in pattern.finditer(letters.squeezed):
            start, end = match.span()
            if _is_one_saying(letters, start, end) and not _is_lawful(letters, start, end, threat):
                words = letters.between(start, end)
                place = letters.places[start]
                found.setdefault((place, threat), Finding(words, place, threat))
    for finding in _english(text):
        found.setdefault((finding.start, finding.threat), finding)
    return _outermost(sorted(found.values(), key=lambda one: (one.start, -len(one.words))))


def _outermost(findings: list[Finding]) -> tuple[Finding, ...]:
    """Leave out what lies within another finding of the same kind."""
    kept: list[Finding] = []
    for one in findings:
        if not any(
            other.threat is one.threat and one.start < other.start + len(other.words)
            for other in kept
        ):
            kept.append(one)
    return tuple(kept)


def _is_one_saying(letters: _Letters, start: int, end: int) -> bool:
    """Tell whether a match is one saying: only two or three letters may have a full stop inside."""
    inside = letters.between(start, end)
    return end - start <= 3 or not any(mark in _SENTENCE_END for mark in inside)


def _is_lawful(letters: _Letters, start: int, end: int, threat: Threat) -> bool:
    """Tell whether the sentence denies what it names, or names who may do it."""
    before = _before(letters, start, _CLAUSE_END)
    if _DENIAL_INSIDE.search(letters.squeezed[start:end]):
        return True
    denials = list(_DENIAL.finditer(before))
    if denials and not _RETURN.search(before[denials[-1].end() :]):
        return True
    after = _after(letters, end)
    if _LAWFUL_AFTER.search(after):
        return True
    sentence = _before(letters, start, _SENTENCE_END) + letters.squeezed[start:end] + after
    if threat in {Threat.CREDIT, Threat.SEIZURE}:
        return _COURT.search(sentence) is not None
    return threat is Threat.POLICE and _FALSE_COLLECTOR.search(sentence) is not None


def _before(letters: _Letters, start: int, ends: frozenset[str]) -> str:
    """Return the letters of the sentence or clause before a place."""
    first = start
    while first > 0 and start - first < _REACH:
        gap = letters.text[letters.places[first - 1] + 1 : letters.places[first]]
        if any(mark in ends for mark in gap):
            break
        first -= 1
    return letters.squeezed[first:start]


def _after(letters: _Letters, end: int) -> str:
    """Return the letters of the sentence behind a place."""
    last = end
    while last < len(letters.squeezed) and last - end < _REACH:
        gap = letters.text[letters.places[last - 1] + 1 : letters.places[last]]
        if any(mark in _SENTENCE_END for mark in gap):
            break
        last += 1
    return letters.squeezed[end:last]


def _english(text: str) -> Iterator[Finding]:
    lower = text.lower()
    for threat, pattern in _ENGLISH:
        for match in pattern.finditer(lower):
            sentence = re.split(r"[.!?;\n]", lower[: match.start()])[-1]
            if not _ENGLISH_DENIAL.search(sentence + lower[match.start() : match.end()]):
                yield Finding(text[match.start() : match.end()], match.start(), threat)


def refuse_threats(*texts: str) -> None:
    """Refuse texts that threaten, with the words and the article of each (F65)."""
    found = [finding for text in texts for finding in lint_letter(text)]
    if found:
        raise RuleError("letter-threatens", "\n".join(one.sentence for one in found))
