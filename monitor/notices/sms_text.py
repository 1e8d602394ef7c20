"""Open this to change what makes a text fit to be sent: one GSM-7 segment (H38) that betrays nothing (H43)."""

from __future__ import annotations

import re
import unicodedata

from monitor.terms import Unacceptable

ONE_SEGMENT = 160

# 3GPP TS 23.038: the default alphabet, and what costs an escape before it.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")

# Beginnings of words that tell a stranger what somebody suffers from, takes, or where they are treated. Compared
# without accents and in lower case with the beginning of each word of the text.
_TELLTALE_START = re.compile(
    "tofersen|qalsody|alemtuzumab|lemtrada|campath|natalizumab|tysabri|ocrelizumab|ocrevus|ofatumumab|kesimpta"
    "|rituximab|cladribin|mavenclad|fingolimod|gilenya|siponimod|mayzent|ozanimod|ponesimod|teriflunomid|aubagio"
    "|dimethyl|dimetyl|tecfidera|interferon|glatiramer|copaxone|mitoxantron|riluzol|rilutek|edaravon|aciclovir"
    "|acyclovir|valaciclovir|methylprednisolon|cortico|cortison|steroid|antiherp|antiviral"
    "|sclero|amyotroph|charcot|neuro|myelo|encephal|hemato|haemato|nephro|thyro|immuno|cancer|tumo|herpes"
    "|papillo|hepat|anemi|anaemi|thrombo|hemorr|haemorr|bleed|saign|pregnan|enceint|grossesse|contracep"
    "|blood|sang|urin|plaquett|platelet|leuco|leuko|lympho|creatin|ponction|punctur|lombair|lumbar|intrathec"
    "|scanner|examen|analys|bilan|prelev|sample|specimen|biolog|laborat|labo|hematie|diagnos|result"
    "|infusion|perfus|inject|dose|dosage|medic|medecin|drug|traitement|treatment|therap|chimio|chemo"
    "|department|departement|vaccin|patholog|malad|disease"
)
_TELLTALE_WHOLE = re.compile("sep|sla|ms|als|lp|nfl|inr|crp|cd4|tsh|lcr|csf|irm|mri|hiv|vih|hpv")
_WORD = re.compile(r"[a-z0-9]+")


class UnsuitableText(Unacceptable):
    """The text may not be sent as an SMS; the reason never repeats the text."""


def gsm7_septets(text: str) -> int:
    """How many septets the text takes; characters of the extension table take two.

    Raises `UnsuitableText` at the first character that GSM-7 does not know (`ç ê ô û ’ …`): one of them would turn the
    whole message into UCS-2 and cut it at 70 characters.
    """
    septets = 0
    for position, character in enumerate(text):
        if character in _BASIC:
            septets += 1
        elif character in _EXTENDED:
            septets += 2
        else:
            raise UnsuitableText(f"character {position + 1} (U+{ord(character):04X}) is not in the GSM-7 alphabet")
    return septets


def telltale_word(text: str) -> str | None:
    """The beginning of the first word that would disclose something about somebody's health, or None."""
    for word in _WORD.findall(_plain(text)):
        if _TELLTALE_WHOLE.fullmatch(word):
            return str(word)
        if found := _TELLTALE_START.match(word):
            return found.group()
    return None


def check_sms_text(text: str) -> str:
    """Give the text back if it may be sent: GSM-7, one segment, not blank, no telltale word. Else `UnsuitableText`."""
    if not text.strip():
        raise UnsuitableText("is empty")
    if (septets := gsm7_septets(text)) > ONE_SEGMENT:
        raise UnsuitableText(f"takes {septets} septets, one SMS holds {ONE_SEGMENT}")
    if (word := telltale_word(text)) is not None:
        raise UnsuitableText(f"holds a word beginning with {word!r}, which may disclose something about health")
    return text


def _plain(text: str) -> str:
    """Lower case without accents: `Prélèvement` becomes `prelevement`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
