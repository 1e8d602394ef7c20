"""Open this to change which words of a text or of a link would tell a stranger about somebody's health (H43)."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

# Names that nobody writes by chance: in a link they tell wherever they stand in it (`monlemtrada.fr`).
_DRUGS = (
    "tofersen|qalsody|alemtuzumab|lemtrada|campath|natalizumab|tysabri|ocrelizumab|ocrevus|ofatumumab|kesimpta"
    "|rituximab|cladribin|mavenclad|fingolimod|gilenya|siponimod|mayzent|ozanimod|ponesimod|teriflunomid|aubagio"
    "|dimethyl|dimetyl|tecfidera|interferon|glatiramer|copaxone|mitoxantron|riluzol|rilutek|edaravon|aciclovir"
    "|acyclovir|valaciclovir|methylprednisolon|cortison"
)
_PLACES = (
    "hospital|hopital|hopitaux|hospice|clinic|cliniqu|klinik|oncolog|cardiolog|radiolog|urolog|psychiatr|dermatolog"
    "|gynecolog|pediatr|geriatr|rhumatolog|rheumatolog|hematolog|haematolog|nephrolog|immunolog|hepatolog|pharmac"
)
_ILLNESS = (
    "sclero|amyotroph|charcot|neuro|encephal|cancer|tumeur|herpes|thyroid|hepatit|vaccin|diagnos|patholog|malad"
    "|disease|laborato|infusion|perfusion|chimio|chemother|medecin|medical|grossesse|pregnan"
)
_ANYWHERE = re.compile(f"{_DRUGS}|{_PLACES}|{_ILLNESS}")

# Beginnings of words that tell what somebody suffers from, takes, or where they are treated. Compared without accents
# and in lower case with the beginning of each word of the text.
_START = re.compile(
    f"{_DRUGS}|{_PLACES}|{_ILLNESS}"
    "|cortico|steroid|antiherp|antiviral|myelo|hemato|haemato|nephro|thyro|immuno|tumo|papillo|hepat|anemi|anaemi"
    "|thrombo|hemorr|haemorr|bleed|saign|enceint|contracep|blood|sang|urin|plaquett|platelet|leuco|leuko|lympho"
    "|creatin|ponction|punctur|lombair|lumbar|intrathec|scanner|examen|analys|bilan|prelev|sample|specimen|biolog"
    "|labo|hematie|result|perfus|inject|dose|dosage|medic|drug|traitement|treatment|therap|chemo|department"
    "|departement|hospit|kidney|ordonnanc|prescri"
)
_SHORT = "sep|sla|ms|als|lp|nfl|inr|crp|cd4|tsh|lcr|csf|irm|mri|hiv|vih|hpv|chu|chru|aphp|rein"
_WHOLE = re.compile(_SHORT)

# In a link short words hide among ordinary ones (`monsep`, `msclinic`); `forms`, `portals` and `tesla` hold none.
_COMPANION = (
    "mon|ma|mes|my|our|notre|nos|votre|vos|la|le|les|the|un|une|suivi|suivre|vivre|avec|with|et|and|de|du|des|of|pour"
    "|infos?|patients?|asso|association|centre|center|care|soins?|contact|rdv|app|appli|page|portail|portal|aide"
    "|help|agenda|calendrier|calendar|reseau|network|team|equipe|france|belgique|europe|online|web|sante|health|tests?"
    "|visite?|rappel|reminder|life|vie|unite?|service|groupe?|hub|club|docs?|trial|essai|study|etude|registry|registre"
)
_HIDDEN = re.compile(f"(?:{_COMPANION})*(?:{_SHORT})(?:{_COMPANION})*|[a-z]+sep")
_WORD = re.compile(r"[a-z0-9]+")
_LETTERS = re.compile(r"[a-z]+")
_LOOKS_LIKE_A_LINK = re.compile(r"://|[a-z0-9]\.[a-z]{2}")


def telltale_word(text: str) -> str | None:
    """The first part of a word that would disclose something about somebody's health, or None."""
    plain = _plain(text)
    for word in _WORD.findall(plain):
        if _WHOLE.fullmatch(word):
            return str(word)
        if found := _START.match(word):
            return found.group()
    for part in plain.split():
        if _LOOKS_LIKE_A_LINK.search(part) and (told := _told_by_link(unquote(part))) is not None:
            return told
    return None


def illness_word(text: str) -> str | None:
    """The first part of a word that names an illness, a drug or a place of care; a sample alone names none.

    For what is read behind an envelope by whoever opens it.
    """
    for word in _WORD.findall(_plain(text)):
        if _WHOLE.fullmatch(word):
            return str(word)
        if found := _ANYWHERE.match(word):
            return found.group()
    return None


def _told_by_link(link: str) -> str | None:
    """What host or path of a link give away."""
    plain = _plain(link)
    if found := _ANYWHERE.search(plain):
        return found.group()
    return next((word for word in _LETTERS.findall(plain) if _HIDDEN.fullmatch(word)), None)


def _plain(text: str) -> str:
    """Lower case without accents: `Prélèvement` becomes `prelevement`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
