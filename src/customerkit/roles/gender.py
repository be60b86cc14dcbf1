"""Know genders."""

from __future__ import annotations

from typing import ClassVar

from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import narrow
from customerkit.roles.missing import is_missing

_WORDS = {
    "F": "f female woman girl fem w weiblich femme féminin feminino femenino mujer frau vrouw "
    "donna femmina mulher 女 女性 女士 f. (f) females lady ж жен женский женщина kadın أنثى "
    "weibl weibl. fém fém. fem. k kvinna kvinde kvinne kobieta žena nainen nő v vr dame жен. "
    "жіноча жінка θ θήλυ γυναίκα 여 여자 여성 nữ perempuan wanita หญิง נקבה زن",
    "M": "m male man boy mal männlich homme masculin masculino hombre mann maschio uomo homem "
    "男 男性 先生 m. (m) males gentleman herr м муж мужской мужчина erkek ذكر "
    "männl männl. masc masc. mężczyzna mand muž mies férfi муж. чоловіча чоловік άρρεν άνδρας "
    "남 남자 남성 nam laki-laki lelaki pria ชาย זכר مرد",
    "X": "x d divers diverse other nonbinary non-binary enby nb third other/non-binary 其他 其它 "
    "genderqueer intersex",
    "U": "u unknown undisclosed 未知 保密 不详 undetermined",
}
_TABLE = {word: letter for letter, words in _WORDS.items() for word in words.split()}
_TABLE |= {"prefer not to say": "U", "not disclosed": "U", "non binary": "X", "not specified": "U"}
_CODES = frozenset(["0", "1", "2", "9", "3"])


class Gender(Role):
    """Know genders: F, M, X (another) and U (asked, not told).

    Example:
        >>> Gender().standardise("女").value, Gender().standardise("1").code
        ('F', 'gender.ambiguous')
    """

    __slots__ = ()
    name: ClassVar[str] = "gender"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.SPECIAL
    half_life_days: ClassVar[float | None] = 73_000.0
    """Uncalibrated guess: hardly ever stated differently."""

    def form(self, value: str) -> str | None:
        """Return the standard form where it is known."""
        standard = self.standardise(value)
        return standard.value if standard.valid else None

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return F, M, X or U.

        Args:
            value: What a channel said.
            hint: Not used.

        Returns:
            The letter; numbers mean different things in different systems and stay.
        """
        if value in ("F", "M", "X"):
            return Standard(value, True)
        text = narrow(value)
        found = _TABLE.get(text.casefold())
        if found:
            return Standard(found, None if found == "U" else True)
        if is_missing(text):
            return MISSING
        if text in _CODES:
            return Standard(text, None, "gender.ambiguous")
        return Standard(text, None, "gender.unknown")

    def key(self, value: str) -> str | None:
        """Return the letter, None for what tells nothing.

        Args:
            value: A standard form.

        Returns:
            F, M, X or None.
        """
        found = self.standardise(value)
        return found.value if found.valid else None
