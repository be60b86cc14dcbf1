"""Know what stands around a name: titles, credentials, and remarks that are no part of it."""

from __future__ import annotations

import re

from customerkit.roles.fold import plain

_PREFIXES = frozenset(
    "mr mrs ms miss mx dr prof sir dame lady lord rev reverend hon herr frau mme mlle m monsieur "
    "madame mister doctor professor sr sra srta señor señora senor senora dhr mevr mevrouw mw mej "
    "drs ir ing dipling sig signor signora capt captain col major sgt lt smt shri shrimati kum km "
    "thiru tmt mademoiselle".split()
)
_BEHIND = frozenset(
    "mr mrs ms miss mx dr prof mme mlle monsieur madame mademoiselle mister herr frau sra srta "
    "señor señora senor senora mevrouw dhr mevr mw signor signora rev hon".split()
)
"""Titles that also stand behind a name, and are no names themselves."""
_SUFFIXES = frozenset(
    "jr sr junior senior ii iii iv phd md dds dvm esq esquire mba cpa rn obe mbe cbe jd msc bsc "
    "ma ba llb dphil ret".split()
)
_CREDENTIALS = frozenset(
    "ing eng peng pe cm oc cq cga ca cma fca fcpa frcpc llm lld bed med edd psyd dmd dc od pharmd "
    "lpn rpn np kc qc rpr cfa pmp mbbs frcs dipl ir drs meng beng bcom dba".split()
)
"""What stands behind a name and a comma only: some are names too."""
TITLES = _PREFIXES | _BEHIND | _SUFFIXES
_REMARKS = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|\s\*[^*]+\*|"
    r"(?:\s[-–—]\s*|,\s*|\s)(?:deceased|d[ée]c[ée]d[ée](?:e|\(e\))?|verstorben|†)\s*$",
    re.IGNORECASE,
)


def without_remarks(name: str) -> str:
    """Return a name without what is in brackets or says that its bearer is dead.

    Args:
        name: A full name.

    Returns:
        The name; as it is where nothing would be left.

    Example:
        >>> without_remarks("Jane Roe (she/her)"), without_remarks("Marc Roe - décédé(e)")
        ('Jane Roe', 'Marc Roe')
    """
    found = " ".join(_REMARKS.sub(" ", re.sub(r"\(e\)", "e", name)).split())
    return found or name


def core(words: list[str]) -> list[str]:
    """Return the words of a name without the titles before and behind it.

    Example:
        >>> core("Dr Jane Roe MD".split()), core("Jane Roe Ms".split())
        (['Jane', 'Roe'], ['Jane', 'Roe'])
    """
    start, end = 0, len(words)
    while start < end and is_title(words[start]):
        start += 1
    while end - start > 1 and (is_suffix(words[end - 1]) or folded(words[end - 1]) in _BEHIND):
        end -= 1
    return words[start:end]


def is_title(word: str) -> bool:
    """Say whether a word before a name is a title; *M.* may be an initial.

    Example:
        >>> is_title("Mme"), is_title("M."), is_title("Jane")
        (True, False, False)
    """
    return word != "M." and folded(word) in _PREFIXES


def is_suffix(word: str) -> bool:
    """Say whether a word behind a name is no part of it.

    Example:
        >>> is_suffix("Jr."), is_suffix("Ma"), is_suffix("M.A.")
        (True, False, True)
    """
    found = folded(word)
    if found in ("ma", "ba"):
        return word in ("MA", "BA", "M.A.", "B.A.")
    return found in _SUFFIXES


def is_aside(words: list[str], name: list[str], last: bool = False) -> bool:
    """Say whether words between commas are titles and credentials rather than a name.

    Args:
        words: The words.
        name: Those before the first comma: where they are in capitals, too, only points
            tell credentials from names such as *Ing* and *Do*.
        last: Whether another comma stands before them: *M.* is a title there.

    Example:
        >>> is_aside(["CPA"], ["Jane", "Roe"]), is_aside(["ING"], ["ROE"])
        (True, False)
    """
    loud = "".join(name).isupper()
    titles = _PREFIXES if last else _BEHIND

    def is_credential(word: str) -> bool:
        marked = "." in word or (word.isupper() and not loud)
        return is_suffix(word) or (marked and folded(word) in _CREDENTIALS)

    return all(is_credential(word) or folded(word) in titles for word in words)


def folded(word: str) -> str:
    """Return a word of a name without case, accents, points and dashes.

    Example:
        >>> folded("Ph.D."), folded("Señor")
        ('phd', 'senor')
    """
    return plain(word).replace(".", "").replace("-", "")


_GENERATIONS = {
    **dict.fromkeys(("jr", "jun", "junior", "ii"), "2"),
    **dict.fromkeys(("sr", "sen", "senior", "i"), "1"),
    **dict.fromkeys(("iii", "3rd"), "3"),
    **dict.fromkeys(("iv", "4th"), "4"),
}
_BEGIN = frozenset(".-") | {sign for word in _GENERATIONS for sign in (word[0], word[0].upper())}


def generation(name: str) -> str | None:
    """Return which bearer of a family's name a name means, by the word at its end.

    Args:
        name: A full or family name, or a suffix alone.

    Returns:
        A digit; None where nothing is said.

    Example:
        >>> generation("Joe Doe Jr."), generation("SENIOR"), generation("Jane Doe")
        ('2', '1', None)
    """
    words = name.replace(",", " ").split()
    if not words or (words[-1][0] not in _BEGIN and words[-1].isascii()):
        return None
    return _GENERATIONS.get(folded(words[-1]))
