"""What columns are called in the Baltic states: in Estonian, Latvian and Lithuanian."""

from __future__ import annotations

CUSTOMER: dict[str, str] = {
    "external_id": "kliendi number|kliendi id|kliendikood|klienta numurs|klienta id|"
    "kliento numeris|kliento id|kliento kodas",
    "full_name": "nimi ja perekonnanimi|ees ja perekonnanimi|taisnimi|kliendi nimi|vards uzvards|"
    "vards un uzvards|klienta vards|vardas pavarde|vardas ir pavarde|kliento vardas|vards|vardas",
    "given_name": "eesnimi|kliendi eesnimi|enimi",
    "family_name": "perekonnanimi|perenimi|uzvards|pavarde|pnimi",
    "family_name_2": "neiupolvenimi|dzimtais uzvards|pirmslaulibas uzvards|mergautine pavarde",
    "birth_date": "sunniaeg|sunnikuupaev|dzimsanas datums|dz datums|gimimo data|gim data|dz dat|"
    "synnikp",
    "birth_place": "sunnikoht|dzimsanas vieta|gimimo vieta|gim vieta",
    "relative": "isa nimi|ema nimi|teva vards|mates vards|tevo vardas|motinos vardas",
    "age": "vanus|vecums|amzius",
    "gender": "sugu|dzimums|lytis",
    "email": "e post|epost|e posti aadress|e pasts|epasts|e pasta adrese|el pastas|elpastas|"
    "el pasto adresas|e pasta",
    "phone": "telefon|mobiil|mobiiltelefon|telefoni number|talrunis|mobilais|mobilais talrunis|"
    "talruna numurs|telefonas|mobilusis|mobilusis telefonas|tel nr|telefono nr|telefono numeris",
    "national_id": "isikukood|personas kods|pers kods|asmens kodas|asm kodas|ikood",
    "company": "ettevote|firma|uznemums|imone",
    "occupation": "amet|elukutse|profesija|profesija amats|profesija pareigos|pareigos",
}
ADDRESS: dict[str, str] = {
    "street": "aadress|tanav|adrese|iela|adresas|gatve|deklareta adrese",
    "line_2": "korter|dzivoklis|butas|buto nr|dz nr|dziv",
    "number": "maja number|maja nr|majas numurs|majas nr|namo numeris|namo nr",
    "city": "linn|asula|pilseta|miestas|gyvenviete",
    "region": "maakond|novads|apskritis|savivaldybe",
    "postcode": "postiindeks|sihtnumber|pasta indekss|pasto kodas|pasto indeksas|lv indekss",
    "country": "riik|valsts|salis",
}
LONE = frozenset(["vards", "vardas"])
