"""Take texts apart: the parts of a form that are compared, or that records are found by."""

from __future__ import annotations

from customerkit.roles._sound import formal, latin, sound


def has_ideographs(form: str) -> bool:
    """Say whether signs of meaning write a name: several names have one reading."""
    return any("\u3400" <= char <= "\u9fff" for char in form)


def is_short_script(text: str) -> bool:
    """Say whether a name is of a script that writes it in one to three signs."""
    return "\u3040" <= text[:1] <= "\ud7af"


def is_initial(text: str) -> bool:
    """Say whether a name is one letter, or several: J., J. R."""
    return len(text) == 2 * text.count(" ") + 1 and text < "\u3040"


def beginning(text: str) -> str | None:
    """Return how a name begins, where more follows."""
    return text[:4] if len(text) > 3 else None


SHORT = 3
"""Letters of a name that is the beginning of others: *Fra* of *Francesca*."""


def start(text: str) -> str:
    """Return the letters that a short form of a name has."""
    return text[:SHORT]


def letter(text: str) -> str | None:
    """Return the letter that a name begins with."""
    return latin(text)[:1] or None


def first_word(text: str) -> str:
    """Return the first word of a name."""
    return text.partition(" ")[0]


def company_name(form: str) -> str | None:
    """Return the name of a company without its legal form, in Latin letters."""
    return latin(first_word(form)) or None


def last_word(text: str) -> str:
    """Return the last word of a name."""
    return text.rpartition(" ")[2]


def telling_sound(form: str) -> str | None:
    """Return how a name sounds, where that is enough to tell it from most others."""
    return telling(sound(form))


def telling(heard: str | None) -> str | None:
    """Return a sound that tells a name from most others, None for a shorter one."""
    return heard if heard and len(heard) > 2 else None


def digits_of(form: str) -> str | None:
    """Return the digits of a name: Shop 12 is not Shop 13."""
    return None if form.isalpha() else "".join(filter(str.isdigit, form)) or None


def without_digits(mail: str) -> str:
    """Return an address without its digits: user1 and user2 are most likely two people."""
    return "".join([char for char in mail if not char.isdigit()])


def given_sound(name: str) -> str | None:
    """Return how the first word of a name sounds, or the full name that it is short for."""
    return sound(formal(first_word(name)))


def family_sound(name: str) -> str | None:
    """Return how the last word of a name sounds."""
    return sound(last_word(name))


def first_sound(name: str) -> str | None:
    """Return how the first word of a name sounds."""
    return sound(first_word(name))


OFFICES = frozenset(
    "sales office contact contacts kontakt support service services admin administration hello "
    "enquiries enquiry inquiries billing accounts accounting finance marketing reception webmaster "
    "postmaster orders order store team careers press media secretary sekretariat buchhaltung "
    "verwaltung bestellung vertrieb empfang zentrale direction accueil commercial comptabilite "
    "contacto ventas administracion pedidos comercial vendas contato atendimento amministrazione "
    "ordini segreteria vendite biuro sklep zamowienia noreply customerservice customercare".split()
)
"""What stands before the @ of many companies, and tells of nobody."""


def local_part(mail: str) -> str | None:
    """Return what stands before the @, where it is long enough to tell."""
    local = mail.rpartition("@")[0] or mail
    return local if len(local) > 4 else None


def local_letters(mail: str) -> str | None:
    """Return the letters before the @, where there are enough to tell."""
    local = mail.rpartition("@")[0] or mail
    letters = "".join(filter(str.isalpha, local))
    return letters if len(letters) > 4 else None


def ending(number: str) -> str | None:
    """Return the end of a number that is long enough to tell."""
    return number[-7:] if len(number) > 6 else None


def last_six(number: str) -> str | None:
    """Return the last digits of a number with more of them."""
    return number[-6:] if len(number) > 6 else None


def first_six(number: str) -> str | None:
    """Return the first digits of a number with more of them."""
    return number[:6] if len(number) > 6 else None


def area_of(postcode: str) -> str | None:
    """Return the half of a postcode that names the wider area."""
    return postcode[: max(2, len(postcode) // 2)] if len(postcode) > 2 else None


def street_number(form: str) -> str | None:
    """Return the first number of a street form."""
    word = form.partition(" ")[0]
    return word if word[:1].isdigit() else None


def street_name(form: str) -> str | None:
    """Return the words of a street form that are no numbers."""
    return " ".join(word for word in form.split() if not word[:1].isdigit()) or None


def longest_word(form: str) -> str | None:
    """Return the longest word of a street form that is no number."""
    words = [word for word in form.split() if not word[:1].isdigit() and len(word) > 3]
    return max(words, key=len, default=None)
