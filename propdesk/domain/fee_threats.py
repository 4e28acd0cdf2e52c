"""The threats that a paper about fees may not make: what each is, its law, its patterns (F65).

The patterns are read by `fee_lint` against simplified letters without anything between them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.i18n import LazyText, _lazy


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
    DEPOSIT = "deposit"
    COLLECTORS = "collectors"
    HOUNDING = "hounding"
    DECEIT = "deceit"
    INSULT = "insult"
    CONSEQUENCE = "consequence"


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
        _lazy("Civil Code 1024 (to be verified); only a court decides on that"),
    ),
    Threat.SHAMING: Ban(
        _lazy("telling others who owes"),
        _lazy("Personal Information Protection Law 25; Civil Code 1024 (to be verified)"),
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
        _lazy("Civil Code 1033, 267 (the latter to be verified)"),
    ),
    Threat.DEPOSIT: Ban(
        _lazy("keeping a deposit for what is owed otherwise"),
        _lazy("Civil Code 509: a deposit is given back as agreed"),
    ),
    Threat.COLLECTORS: Ban(
        _lazy("collectors of debts, or selling the debt to them"),
        _lazy("Personal Information Protection Law 23; Civil Code 1033"),
    ),
    Threat.HOUNDING: Ban(
        _lazy("calls or visits at night, without end, or waiting at the door"),
        _lazy("Civil Code 1032, 1033"),
    ),
    Threat.DECEIT: Ban(
        _lazy("a judgement, court order or last hour that there is not"),
        _lazy("Civil Code 7, 944; only a court orders and enforces"),
    ),
    Threat.INSULT: Ban(
        _lazy("insults and menaces"),
        _lazy("Civil Code 1024 (to be verified)"),
    ),
    Threat.CONSEQUENCE: Ban(
        _lazy("something else that follows when somebody does not pay"),
        _lazy("Civil Code 944: demand, then suit or arbitration"),
    ),
}


PRESSURE: Mapping[str, frozenset[Threat]] = {
    "supply": frozenset({Threat.UTILITIES}),
    "limits": frozenset({Threat.UTILITIES, Threat.PARKING}),
    "entry": frozenset({Threat.UTILITIES, Threat.LIFT, Threat.ACCESS, Threat.PARKING}),
}
"""What a place's rule on pressure forbids by its value; elsewhere the same is no more lawful."""

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
    "(?:停止|暂停|中断|切断|终止|断绝|拒绝|不再|不予|不给|不供|不卖|不让|取消|限制|限时|限量"
    "|限额|减少|降低"
    "|关停|关闭|掐断|关掉|拉掉|切掉)"
)
_GATE = "(?:门禁|门卡|刷卡|ic卡|一卡通|蓝牙开门|人脸识别|通行权限|通行证|开门权限|出入证|梯控)"
_LOCK = (
    "(?:锁|冻结|注销|消磁|停用|禁用|限制|取消|关闭|失效|屏蔽|不予开通|不予办理|删除|暂停|收回"
    "|作废|拉黑"
    "|不能使用|无法使用)"
)
_FORBID = (
    "(?:禁止|不准|不得(?![以因])|不让|不许|不能|限制|拒绝|阻止|不予|拦截|阻拦|拦下|谢绝|别想|休想)"
)
_ENTER = "(?:进出|出入|进入|通行|进小区|入内|回家|入园|放行|进门|出门|入户|进楼)"
_CAR = "(?:车辆|车牌|车位|停车|您的车|爱车|私家车|道闸|地库|车库|车子)"
_WHO = (
    "(?:姓名|名单|门牌号?|门牌|住址|欠费户|欠费业主|欠费情况|欠费信息|欠费金额|欠缴|欠款|房号"
    "|个人信息|照片"
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
        Threat.UTILITIES,
        f"(?:ting|duan|qie|停|断|切)(?:shui|dian|qi|nuan|水电|水|电|气|暖){_NO_SUPPLY}",
    ),
    (
        Threat.UTILITIES,
        "没有?(?:水|电|气|暖)(?:可?用|喝|没)|用不[上了到](?:水|电|气|暖)" + _NO_SUPPLY,
    ),
    (
        Threat.UTILITIES,
        "(?:电源|水源|气源|水路|电路|总闸|电闸).{0,6}(?:切|断|掐|关(?!于|心|注)|停|拔|拉下)",
    ),
    (Threat.UTILITIES, "(?:把|将).{0,6}闸.{0,3}(?:拉|关|断|落)"),
    (
        Threat.UTILITIES,
        ("(?:水|电|气|暖|热|燃气)(?:卡|表)?.{0,4}(?:不予|不给|不能|不得|停止|暂停|拒绝|无法|别想).{0,2}"
        "(?:充值|购买|购水|购电|购气|续费|充费|开通)"),
    ),
    (
        Threat.LIFT,
        ("(?:停用|禁用|禁止|不得|不准|不让|不许|不能|限制|锁|取消|关闭|暂停|停止|冻结)"
        "(?!.{0,3}维修).{0,7}(?:电梯|乘梯|坐梯|梯控)(?!费|维|运行费)"),
    ),
    (Threat.LIFT, f"(?:电梯|乘梯|梯控)(?:卡|权限|楼层|使用权)*.{{0,4}}{_LOCK}"),
    (Threat.LIFT, "电梯.{0,4}(?:不给|不让|不准|刷不了|别想|休想).{0,2}(?:刷|坐|乘|用|上)"),
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
    (Threat.PARKING, "锁车|扣车|拖车|堵车库|不(?:予|再)?抬杆|车.{0,4}(?:只出不进|只进不出)"),
    (Threat.PARKING, "(?:地库|车库|道闸|停车场).{0,4}不(?:再)?(?:对|向).{0,8}(?:开放|放行)"),
    (Threat.PARKING, "(?:车|道闸).{0,12}白名单.{0,6}(?:删|移出|移除|剔|清)"),
    (
        Threat.CREDIT,
        ("污点|(?:报送|推送|报给|提供给|通报).{0,6}银行|个人档案|信用平台|贷款.{0,6}批不|银行.{0,8}(?:看到|知道|得知)|失信|黑名单|征信|(?:个人|您的)?信用(?:记录|档案|系统|报告|污点|评级)|老赖"
        "|限制(?:您?的?)高消费|(?<![上下])限高"
        "|(?:不能|无法|不得).{0,3}(?:高铁|飞机)|(?:影响|办).{0,6}(?:贷款|房贷|车贷)|坐不了|个人信息平台"),
    ),
    (Threat.SHAMING, f"{_TELL}.{{0,12}}{_WHO}"),
    (Threat.SHAMING, f"{_WHO}.{{0,10}}{_TELL}"),
    (
        Threat.SHAMING,
        ("(?:发到|发至|发在|发进|晒到|转发到?|艾特|贴到|贴在|公布在|公示在).{0,6}"
        "(?:业主群|微信群|群里|朋友圈|楼道|电梯|大堂|单元门|公告栏|小区大门|小区门口)"),
    ),
    (Threat.SHAMING, "曝光|示众|拉横幅|挂横幅|大喇叭"),
    (Threat.SHAMING, "(?:群|会上|广播|大堂|公告栏).{0,4}点.{0,4}名(?!单)"),
    (Threat.SHAMING, "(?:让|告诉|通知).{0,6}(?:邻居|全小区|左邻右舍|街坊)"),
    (
        Threat.SHAMING,
        ("让.{0,4}(?:整栋|整幢|全楼|全院|大家|所有人|左右|上下楼|整个小区).{0,4}(?:知道|看到|看见"
        "|晓得)"),
    ),
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
    (
        Threat.FAMILY,
        "(?:转告|告诉|告知|通知|联系).{0,4}(?:孩子|子女|小孩|学生).{0,4}(?:班主任|老师|学校)",
    ),
    (
        Threat.FAMILY,
        ("(?:您|你).{0,2}(?:父母|家人|亲戚|亲友|单位|领导|同事|子女|孩子).{0,4}(?:收到"
        "|接到).{0,8}(?:函|通知|电话|短信)"),
    ),
    (
        Threat.SERVICE,
        "(?:钱|款|费)(?:一|到|到账|付清|交清).{0,10}(?:恢复|解锁|解冻|激活|开通|放行)",
    ),
    (
        Threat.ACCESS,
        "(?:进出|出入|回家|上下楼).{0,6}(?:会|将|恐|就).{0,4}(?:不便|不方便|麻烦|困难)",
    ),
    (
        Threat.FAMILY,
        (
            "请(?:您|你)的?(?:父|母|爱人|配偶|丈夫|妻子|孩子|家人|老人).{0,6}(?:来|到).{0,10}"
            "(?:坐|谈|说|聊)"
        ),
    ),
    (
        Threat.FAMILY,
        (
            "(?<![已曾次面])(?:告知|告诉|通知|通报|反映|抄送|致函|知会)[给至到]?贵(?:单位|公司|司)"
            "|贵(?:单位|公司|司).{0,8}(?:工资|薪资|薪水|人事|人力资源)"
        ),
    ),
    (Threat.FAMILY, "(?:上|到|去)(?:您|你)(?:的|们)?(?:公司|单位|学校|厂里)"),
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
    (Threat.SERVICE, "(?:报修|维修|投诉)(?:的)?(?:电话)?(?:一律|概|都)?(?:不接|不理|不管|拒接)"),
    (Threat.SEIZURE, "(?:快递|包裹|物品|财物|家具|押金).{0,8}(?:扣下|扣押|扣留|没收)"),
    (
        Threat.SEIZURE,
        ("撬锁|换锁|封门|封条|泼漆|清退|赶出|抵债|变卖|拍卖|强制执行|强制清"
        "|(?:扣押|扣留|没收|搬走|拿走).{0,6}(?:物品|财物|家具|快递|东西|押金)"),
    ),
    (
        Threat.INSULT,
        ("不客气|走着瞧|等着瞧|让你好看|收拾你|脸皮|无赖|赖账|不要脸|厚颜无耻|滚出|给脸|敬酒不吃"
        "|罚酒"
        "|勿谓言之不预|有的是办法|好自为之|掂量|看着办|您自己选|别怪|休怪|莫怪|悔之晚矣"
        "|后悔(?:莫及|也)|好下场|不齿|占.{0,6}便宜|动真格|最后的?耐心|何必呢|[别休甭]想(?!多)|日子.{0,6}(?:好过|难过)|安生|不欢迎|后果您|应该清楚|三思|还住什么"
        "|都交不起|走着看|别逼|自重|不仁|不义|对着干|丢人|可耻|老油条"),
    ),
    (
        Threat.INSULT,
        ("(?:一切|任何|非常|特殊|强硬|各种|断然)(?:必要的?)?(?:手段|办法)|限制性?措施"
        "|后果(?:由您)?自负"
        "|一切后果由|(?:家人|孩子|老人|子女|出入|走路|出门).{0,8}注意安全|(?:知道|清楚"
        "|掌握).{0,4}(?:孩子|子女|家人|老人)"),
    ),
    (
        Threat.SERVICE,
        ("(?:以免|免得|避免|以防|为了?不).{0,6}影响.{0,10}(?:生活|起居|用水|用电|出行|出入|居住"
        "|乘梯|使用)"),
    ),
    (
        Threat.SERVICE,
        ("(?:录入|办理|申请|开通|续权|续期|领取|入住|充值|购电|授权|登记|开具|盖章|发放|装修"
        "|恢复).{0,8}先.{0,4}(?:结清|缴清|付清|交清|补齐|补缴|缴费|交费|缴|交)"),
    ),
    (
        Threat.SERVICE,
        ("(?:我们|我司|本公司|物业)(?:将|也|就|会)*不(?:再|予|管|给).{0,6}(?:收(?![取费])|修|管"
        "|来|接|办|清|处理)"),
    ),
    # What is given back for payment was taken away for it.
    (
        Threat.SERVICE,
        ("(?:缴|交|付|结|还|还款|费用|到账)(?:费|清|钱|款|完|了|齐|物业费|欠费|欠款)*(?:之?后|才"
        "|再|方可|方能|了?再)"
        ".{0,4}(?:恢复|解锁|解冻|解封|解禁|解除限制|重新开通|开通|复通|送电|送水|供水|供电|供暖"
        "|放行|抬杆|安装|售电|售水|购电)"),
    ),
    (
        Threat.SERVICE,
        ("先(?:把)?.{0,4}(?:缴|交|付|结清|还|钱).{0,10}(?:再|然后|后).{0,3}"
        "(?:来办|办理|给您|给你|维修|修|售|供|开|领|说|谈|受理|服务|报修|入住|过户|盖章)"),
    ),
    (
        Threat.ACCESS,
        ("(?:缴|交|付|结清).{0,10}(?:方可|方能|才可|才能|才让|才准|才许|才给).{0,4}"
        "(?:进|出|入|放行|通行|使用|乘|坐|刷|办|开|领|充|停|送)"),
    ),
    (
        Threat.UTILITIES,
        "没有?(?:自来)?(?:热水|水|电|暖|煤气|燃气)(?![费表价梯话瓶卡])|摸黑|备好?蜡烛",
    ),
    (Threat.UTILITIES, "stop(?:供)?(?:水|电|气|暖)|断(?:了)?供|(?:停|断|关)(?:了)?阀|关阀"),
    (Threat.LIFT, "(?:走|爬)楼梯|电梯不停|电梯.{0,8}不(?:予|再)?停靠"),
    (Threat.SEIZURE, "(?:更换|换掉|换了|换).{0,8}(?:门锁|锁芯|锁头)"),
    (Threat.SEIZURE, "(?:封堵|封闭|封死|焊死|堵住).{0,6}(?:入户门|房门|大门|家门|门口)"),
    (
        Threat.POLICE,
        ("喝茶|民警|立案侦查|拘役|辖区警|(?<!捉)抓(?:起|人|走|您|你|去)|进去(?:蹲|待)|蹲(?:监|大牢"
        "|号子)|牢饭|涉嫌(?:犯罪|违法|诈骗)"
        "|强制措施|拘(?:留|捕|传)|逮捕|犯罪"),
    ),
    (
        Threat.SHAMING,
        ("(?:顾及|考虑|丢).{0,4}(?:颜面|面子|脸面|名声)|(?:场面|脸上|面子上).{0,4}(?:不好看|难看"
        "|挂不住)"
        "|(?:邻居|邻里|小区里).{0,6}抬不起头"),
    ),
    (
        Threat.HOUNDING,
        ("不定[时期].{0,4}(?:上门|登门|拜访)|门[外口前].{0,4}(?:等|守|候着|蹲|站岗)|驻点|(?:每天|天天|每晚).{0,6}(?:打电话|致电|上门|敲门|给[您你]打)|驻守"
        "|什么时候[付交缴还给].{0,8}什么时候|就看(?:您|你).{0,4}交不交|找上门|(?:凌晨|半夜|深夜|夜里)[^不]{0,6}(?:上门|登门|敲门|打电话)|(?:夜里|夜间|晚上|半夜|凌晨).{0,8}(?:再来|来找|找您|登门)|(?:一直|不停地?"
        "|不断|反复|轮番|轰炸).{0,4}(?:打|拨|致电|电话|骚扰|上门)|打到.{0,8}为止|就不走(?!电梯)"
        "|不走了"
        "|(?:守|坐|堵|蹲)[在到]?.{0,4}(?:家门口|门口|楼下|单元门)|蹲(?:守|点)|呼死你|电话轰炸"
        "|[一每]天.{1,3}个?电话|看您接不接"),
    ),
    (
        Threat.COLLECTORS,
        ("讨债|清收公司|清债公司|收债|追债|催收公司|专门收账|专业催(?:收|款|债|讨)|社会人员"
        "|债权.{0,6}(?:打包|卖)|要账的|社会(?:催收|力量|上的)|催收力量|(?:手段|方式).{0,6}(?:不"
        "|没)(?:如|那么|再|会).{0,8}(?:温和|客气)"
        "|不是我们(?:物业)?的人|第三方.{0,6}(?:催|追|讨)"),
    ),
    (
        Threat.DECEIT,
        ("(?:您|你|贵户)已经?被?.{0,4}(?:起诉|败诉)|罚款|法院.{0,6}卖|最后通牒|最后(?:一次|的)?(?:警告|机会|耐心)"
        "|强制执行|(?:具有|有).{0,4}(?:强制)?执行力|判决(?:书)?(?:已|已经)(?:下|出|判)"
        "|传票.{0,6}(?:路上|寄出|送出|已|马上|即将|收到)|法院.{0,6}(?:来|上门).{0,4}(?:查封|抓"
        "|搬|贴)"
        "|限(?:您|你|贵户|业主|于)?.{0,4}(?:小时|今日|今天|当日|当天|明天)(?:之?内"
        "|前)?.{0,8}(?:付|缴|交|结)"
        "|(?:明天|后天|下周).{0,4}法院|(?:今天|今日|今晚|当日|当天|明天"
        "|明日).{0,8}前(?!.{0,4}已).{0,6}(?:付|缴|交|结)|法院的(?:人|车|法警)"),
    ),
)  # fmt: skip
PATTERNS = tuple((threat, re.compile(pattern)) for threat, pattern in _RULES)
