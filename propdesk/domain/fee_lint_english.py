"""The English words of which threats are made, as in `fee_lint_words`; "_" is what parts words."""

import re
from collections.abc import Mapping

from propdesk.domain.fee_lint_lexicon import Lexicon, Pair
from propdesk.domain.fee_threats import Threat

_WORDS: Mapping[str, str] = {
    # What they have.
    "supply": r"""water power electricity electric gas heat heating utilit(?:y|ies) supply
        supplies valves? breaker prepaid_meter taps? meters?""",
    "lift": "lifts? elevators?",
    "gate": r"""access entry entrance codes? gates? doors? key fobs?
        (?:access|entry|lift|door|key)_cards? cards? visitors? face_recognition""",
    "car": "cars? vehicles? parking barrier garage licen[cs]e_plate number_plate",
    "debtor": r"""flat_number red_notice names? list debts? debtors? arrears unit_number
        photo flats_in_arrears""",
    "crowd": r"""everybody everyone neighbours? neighbors? whole_building whole_community
        all_owners""",
    "kin": r"""employers?
        your_(?:\w+_)?(?:company|office|boss|school|family|parents|children|spouse)
        relatives? neighbours? neighbors? human_resources hr your_boss hr_department
        colleagues? friends? workplace your_manager supervisor landlord flatmates?""",
    "service": r"""amenit(?:y|ies) pool gym clubhouse repairs? services? maintenance
        renovation permits? parcels? rubbish garbage keys certificates? handover requests?""",
    "deposit": "deposits?",
    "home": "flat apartment home house property belongings accounts?",
    "collectors": r"""collections?_agency debt_collectors? collectors? collection_company
        third_party""",
    "hours": "nights? midnight evenings? every_day daily around_the_clock 24_hours",
    # What is done to it.
    "stop": r"""cut(?:ting)? disconnect\w* shut\w* turn(?:ed|ing)?(?:_\w+)?_off
        switch(?:ed|ing)?(?:_\w+)?_off turn(?:ed|ing)?_your switch(?:ed|ing)?_your limit\w*
        stop\w* suspend\w* clos(?:e|es|ed|ing) discontinu\w* interrupt\w* restrict\w*
        terminat\w* withh[eo]ld\w* run_dry take_\w+_\w+_away no_longer turn_\w+_\w+_down
        without not_(?:be_)?(?:switched|turned|provided|supplied|topped|opened) lock\w*
        not_(?:switch|turn|provide|supply|top|open)""",
    "bar": r"""block\w* disabl\w* lock\w* deactivat\w* den(?:y|ies|ied|ying) refus\w*
        freez\w* frozen cancel\w* revok\w* withdraw\w* suspend\w* restrict\w* prohibit\w*
        forb[ia]d\w* stops?_working no_longer not_open
        not_be_(?:able|allowed|admitted|opened|renewed) out_of_bounds opens_nothing
        invalid\w* remov\w* clamp\w* tow(?:ed|ing)? delet\w* void\w* barred not_be_let
        let_in lose_the_right loses_the_right given_to_(?:somebody|someone|another) skip\w*
        expires? will_expire closed""",
    "publish": r"""publish\w* post(?:ed|ing)? past(?:e|ed|ing) expos\w* announc\w*
        display\w* made_public make_public disclos\w* goes_up put_up pinned hung appears?""",
    "learn": "know learn hear see told be_informed",
    "tell": r"""tell inform\w* call contact\w* notif\w* writ(?:e|ing)_to learn hear
        receive_a_copy report\w* visit be_told copied speak_with talk_to speak_to""",
    "refuse": r"""no_\w+_(?:will|shall)_be no_longer suspend\w* stop(?:ped|s)? refus\w*
        withh[eo]ld\w* den(?:y|ied)
        not_(?:be_)?(?:carried|provided|handled|repaired|processed|accepted|handle|repair|provide|process)
        declin\w* cancel\w* until_you_pay forget_about""",
    "deny": r"refus\w* withh[eo]ld\w* den(?:y|ied)",
    "keep": r"""keep(?!_apart) kept(?!_apart) forfeit\w* retain\w* withh[eo]ld\w*
        not_be_(?:refunded|returned) not_(?:refund|return) deduct\w* set_off cover_the""",
    "take": r"seiz\w* auction\w* confiscat\w* evict\w* foreclos\w* frozen",
    "hand": r"""hand(?:ed|ing)?_over sold sell engag\w* hire\w* pass(?:ed)? transfer\w*
        refer\w* will""",
    "come": r"com(?:e|ing) visit\w* call(?:ing)? knock\w* ring\w*",
}  # fmt: skip

_PAIRS = (
    Pair(Threat.UTILITIES, "supply", "stop", reach=40),
    Pair(Threat.LIFT, "lift", "bar", reach=40),
    Pair(Threat.ACCESS, "gate", "bar", reach=40),
    Pair(Threat.PARKING, "car", "bar", reach=40),
    Pair(Threat.SHAMING, "debtor", "publish", reach=30),
    Pair(Threat.SHAMING, "crowd", "learn", reach=30),
    Pair(Threat.FAMILY, "kin", "tell", reach=40),
    Pair(Threat.SERVICE, "service", "refuse", reach=40, tied=True),
    Pair(Threat.SERVICE, "service", "deny", reach=40),
    Pair(Threat.DEPOSIT, "deposit", "keep", reach=30),
    Pair(Threat.SEIZURE, "home", "take", reach=30),
    Pair(Threat.COLLECTORS, "collectors", "hand", reach=60),
    Pair(Threat.HOUNDING, "hours", "come", reach=40, tied=True),
)

_SAYINGS: tuple[tuple[Threat, str], ...] = (
    (
        Threat.UTILITIES,
        (
            r"\blights (?:will )?go out\b|\bno (?:water|power|electricity|gas|heating)\b"
            r"|\bno (?:handover|keys|repairs?|access|entry|services?)\b.{0,30}"
            r"\b(?:before|until|unless)\b"
        ),
    ),
    (Threat.UTILITIES, r"\bno longer be topped up\b"),
    (Threat.ACCESS, r"\bchange (?:the|your) locks?\b"),
    (
        Threat.CREDIT,
        (
            r"\b(?:blacklist\w*|refuse you a (?:loan|mortgage)|credit (?:record|rating|bureau|score"
            r"|history)|list of (?:dishonest|bad))\b"
        ),
    ),
    (
        Threat.POLICE,
        r"\b(?:police|arrest\w*|jail\w*|prison|detain\w*|detention|criminal\w*|handcuff\w*)\b",
    ),
    (Threat.GUARDS, r"\b(?:guards?|security (?:team|staff|men|officers?))\b(?!\W+(?:service|fee))"),
    (
        Threat.HOUNDING,
        r"\b(?:we|they|our \w+) (?:will|shall) (?:come|visit|call)\b.{0,40}\b(?:night|midnight)\b",
    ),
    (
        Threat.HOUNDING,
        (
            r"\b(?:keep|go on) (?:calling|ringing|coming|visiting|knocking)\b|\bwait (?:at"
            r"|outside) your door\b"
        ),
    ),
    (
        Threat.DECEIT,
        (
            r"\b(?:final|last) (?:ultimatum|warning|chance)\b"
            r"|\b(?:court|judge) has (?:already )?(?:ordered|ruled|decided)\b|\bbailiffs?\b"
            r"|\bwithin 24 hours\b"
        ),
    ),
    (
        Threat.INSULT,
        (
            r"\b(?:you will|you'll) (?:regret|be sorry)\b|\bwe know where\b|\bwatch out\b"
            r"|\bless patient\b|\btalk of the\b|\btake you away\b|\bshameless\b|\bfreeloader\w*\b"
            r"|\bat your own risk\b|\bby (?:any|all) means\b(?! permitted)|\bor else\b"
        ),
    ),
)

_ENDS = frozenset(".!?;\n。！？；")

ENGLISH = Lexicon(
    ends=_ENDS,
    clause_ends=_ENDS,
    sayings=tuple((threat, re.compile(saying)) for threat, saying in _SAYINGS),
    words={
        name: re.compile(r"\b(?:" + "|".join(words.split()).replace("_", r"\W+") + r")\b")
        for name, words in _WORDS.items()
    },
    pairs=_PAIRS,
    owed=re.compile(
        r"\b(?:pay\w*|paid|unpaid|arrears|ow(?:e[ds]?|ing)|debts?|balance|settled?|overdue|until"
        r"|unless|otherwise)\b"
    ),
    denial=re.compile(
        r"\b(?:not|never|no|nor|neither|without|don't|won't|cannot)\b(?!\W+(?:longer|pa(?:y"
        r"|id)\w*|received?|settled?|be paid))"
    ),
    denial_inside=re.compile(r"\b(?:not|never|nor|neither)\b"),
    taken_back=re.compile(
        r"\b(?:unless|until|otherwise|but|then|(?:we|you) (?:will|shall|have to)|shall be"
        r"|will be)\b"
    ),
    allowed_after=re.compile(r"\b(?:(?:is|are) (?:not affected|unlawful|forbidden|illegal))\b"),
    works=re.compile(
        r"\b(?:repairs? of|maintenance|inspection|lost|replaced?|renew\w*|last (?:week|month)"
        r"|thank|sorry|apolog\w*|planned"
        r"|restored|please call|yearly)\b"
    ),
    unpaid=re.compile(
        r"\b(?:if (?:you|we|the)\b.{0,30}\b(?:not|fail)\b.{0,20}(?:pa(?:y|id)|receiv"
        r"|see the money)\w*"
        r"|unless (?:you|it is|we)|(?:residents?|owners?|tenants?|households?"
        r"|flats?) (?:in arrears|with unpaid|who (?:owe|do not pay))"
        r"|non-?payment"
        r"|(?:until|before|unless) (?:you|the|your)\b.{0,20}\b(?:pay|paid|clear|settle|zero)\w*"
        r"|fail(?:ure|ing)? to pay|otherwise)\b"
    ),
    consequence=re.compile(
        r"\b(?:will|shall|going to|cannot|lose|loses|no longer|must|expect|without|forget)\b"
    ),
    calm=re.compile(
        r"\b(?:courts?|sue|suit|claims?|arbitrat\w+|mediat\w+|payment order|late fees?|interest"
        r"|lawyers?|instal\w+|remind\w*"
        r"|contract|please|agree\w*|object\w*|as usual|not affected|disregard|refund\w*"
        r"|limitation)\b"
    ),
    asked=re.compile(r"\bplease\b"),
    warned=re.compile(r"\b(?:threaten\w*|pretend\w*|fraud\w*|scam\w*|impostors?)\b"),
    judged=re.compile(
        r"\b(?:judg(?:e)?ments? is final|once a judg|final judg|only the court|court may decide)\b"
    ),
)
