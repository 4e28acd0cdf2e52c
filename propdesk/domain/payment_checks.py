"""What is asked of a payment before it is taken: amounts, means, cash and change, deposits."""

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.money import MOST_FEN, money_words
from propdesk.domain.payments import MeansPart, PaymentDraft, RefundDraft
from propdesk.domain.till import MEANS_LABELS, Means
from propdesk.i18n import _


def check_payment(draft: PaymentDraft) -> Problems:
    """Return what keeps a payment from being taken, before anybody looks at the debts."""
    problems = [
        *check_line("payer", draft.payer),
        *check_text("note", draft.note),
        *check_means(draft.means),
        *_check_cash(draft),
        *_check_deposits(draft),
    ]
    if not 0 <= draft.use_prepaid_fen <= MOST_FEN:
        sentence = _("Write what is to be taken from the prepaid account, or nothing.")
        problems.append(Problem("use_prepaid_fen", sentence))
    if not draft.means and not draft.use_prepaid_fen:
        problems.append(Problem("means", _("Write how much is paid, and by which means.")))
    if any(part.amount_fen is not None and part.amount_fen <= 0 for part in draft.bills):
        sentence = _("Write more than nothing beside a bill, or leave the bill out.")
        problems.append(Problem("bills", sentence))
    if len({part.bill_id for part in draft.bills}) < len(draft.bills):
        problems.append(Problem("bills", _("A bill is named twice; name each once.")))
    return tuple(problems)


def check_means(means: tuple[MeansPart, ...]) -> Problems:
    """Return what is wrong with the amounts by means: nothing, less than nothing, a means twice."""
    problems: list[Problem] = []
    for part in means:
        problems += check_line("means", part.reference)
        if not 0 < part.amount_fen <= MOST_FEN:
            sentence = _("{means}: {amount} yuan cannot be paid; write more than nothing.")
            words = sentence.format(
                means=MEANS_LABELS[part.means], amount=money_words(part.amount_fen)
            )
            problems.append(Problem("means", words))
    if len({part.means for part in means}) < len(means):
        sentence = _("A means of payment stands twice; add the amounts up in one line.")
        problems.append(Problem("means", sentence))
    return tuple(problems)


def check_refund(draft: RefundDraft) -> Problems:
    """Return what keeps money from being given back."""
    return (
        *check_text("reason", draft.reason, _("Write why the money goes back.")),
        *check_line("reference", draft.reference),
    )


def _check_cash(draft: PaymentDraft) -> Problems:
    """Change is given out of cash only."""
    cash = sum(part.amount_fen for part in draft.means if part.means is Means.CASH)
    if not draft.tendered_fen:
        return ()
    if draft.tendered_fen < 0 or draft.tendered_fen > MOST_FEN or not cash:
        sentence = _("Change is given out of cash only; no cash is paid here.")
        return (Problem("tendered_fen", sentence),)
    if draft.tendered_fen < cash:
        sentence = _("{tendered} yuan were handed over, {cash} are to be paid in cash.")
        words = sentence.format(tendered=money_words(draft.tendered_fen), cash=money_words(cash))
        return (Problem("tendered_fen", words),)
    return ()


def _check_deposits(draft: PaymentDraft) -> Problems:
    """Return what is wrong with deposits: they are paid in money, prepaid amounts are for fees."""
    problems: list[Problem] = []
    for deposit in draft.deposits:
        problems += check_line("deposits", deposit.label)
        problems += check_text("deposits", deposit.note)
        if not 0 < deposit.amount_fen <= MOST_FEN:
            problems.append(Problem("deposits", _("Write how much the deposit is.")))
    held = sum(deposit.amount_fen for deposit in draft.deposits)
    money = sum(part.amount_fen for part in draft.means)
    if held > money:
        sentence = _("The deposits are {held} yuan, but only {money} are paid.")
        words = sentence.format(held=money_words(held), money=money_words(money))
        problems.append(Problem("deposits", words))
    return tuple(problems)
