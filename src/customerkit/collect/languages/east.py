"""What columns are called in the east, the north-east and the south-east of Europe, and in Turkey.

Russian, Ukrainian, Bulgarian, Serbian and Croatian, Czech, Slovak, Hungarian, Romanian, Finnish,
Greek and Turkish; Latin letters without accents, other letters as they are.
"""

from __future__ import annotations

CUSTOMER: dict[str, str] = {
    "external_id": "номер клиента|id клиента|код клиента|клиент id|ид клиента|номер карты|"
    "номер клієнта|код клієнта|клиентски номер|broj klijenta|cislo zakaznika|zakaznicke cislo|"
    "cislo klienta|id zakaznika|id klienta|ugyfelszam|ugyfel azonosito|vevokod|cod client|"
    "numar client|id client|asiakasnumero|asiakastunnus|αριθμός πελάτη|κωδικός πελάτη|musteri no|"
    "musteri numarasi|musteri id|musteri kodu",
    "full_name": "страхователь|фио|ф и о|фио клиента|фамилия имя отчество|полное имя|фамилия и имя|"
    "имя и фамилия|фио пациента|фио покупателя|контактное лицо|наименование клиента|піб|"
    "прізвище ім я по батькові|повне ім я|ім я та прізвище|име и фамилия|трите имена|имена|"
    "пълно име|ime i prezime|prezime i ime|puno ime|cele jmeno|jmeno a prijmeni|prijmeni a jmeno|"
    "meno a priezvisko|priezvisko a meno|cele meno|teljes nev|ugyfel neve|vevo neve|nev|"
    "nume complet|nume si prenume|nume prenume|nume client|koko nimi|nimi|ονοματεπώνυμο|"
    "πλήρες όνομα|ονομασία πελάτη|ad soyad|adi soyadi|ad soyadi|isim soyisim|tam ad|musteri adi|"
    "musteri adi soyadi|isim soyad|имя|име|ime|jmeno|meno|nume|ad|adi|isim|όνομα|korisnik|"
    "pretplatnik|kupac|ime prezime|prezime ime|ime i prez|szerzodo neve|tri imena|ime in priimek|"
    "піб споживача|fio",
    "prefix": "обращение|звертання|osloveni|titul|oslovenie|megszolitas|puhuttelu|προσφώνηση|"
    "unvan|hitap",
    "given_name": "имя клиента|ім я|ім'я|собствено име|krestni jmeno|krstne meno|keresztnev|"
    "utonev|prenume|etunimi|etunimet|kutsumanimi|μικρό όνομα|ilk ad|pren|pren client|onoma|"
    "ime ugovaratelja|ime pac|ime uc|imia|enimet",
    "middle_name": "отчество|по батькові|презиме|бащино име|srednje ime|ime oca|druhe jmeno|"
    "stredne meno|toinen nimi|πατρώνυμο|όνομα πατρός|όνομα πατέρα|ikinci ad|ikinci isim|orta ad|"
    "ikinci adi|imie 2|po batk|otch",
    "family_name": "фамилия|фамилия клиента|прізвище|фамилно име|prezime|prijmeni|priezvisko|"
    "vezeteknev|csaladnev|csaladi nev|nume de familie|nume familie|sukunimi|επώνυμο|επίθετο|soyad|"
    "soyadi|soyisim|soy isim|priimek|eponymo|nazw|prijm|priezv|prezime ugovaratelja|prezime pac|"
    "prezime uc|prizv|snimi",
    "full_name_2": "szuletesi nev|szuletesi neve|leanykori neve",
    "family_name_2": "девичья фамилия|дівоче прізвище|моминско име|rodne prijmeni|rozena|"
    "rodne priezvisko|leanykori nev|nume la nastere|nume de fata|tyttonimi|syntymanimi|"
    "kizlik soyadi|djevojacko prezime|devojacko prezime|nume ant|nume anterior|dev prez|"
    "devojacko prez|rodeno prezime",
    "birth_year": "год рождения|г р|рік народження|rok narozeni|rok narodenia|szuletesi ev|"
    "έτος γέννησης|anul nasterii|syntymavuosi|dogum yili",
    "birth_month": "месяц рождения|місяць народження|mesic narozeni|szuletesi honap|dogum ayi",
    "birth_day": "число рождения|den narozeni",
    "birth_date": "дата рождения|день рождения|д р|др|дата рожд|родился|дата народження|"
    "день народження|дата на раждане|роден на|datum rodjenja|datum rodenja|rodjen|datum narozeni|"
    "narozen|narozeniny|datum narodenia|narodeny|szuletesi datum|szuletesi ido|szuletesnap|"
    "szul datum|data nasterii|data nastere|data de nastere|syntymaaika|syntymapaiva|synt aika|"
    "ημερομηνία γέννησης|ημ γέννησης|ημνία γέννησης|ημ νία γέννησης|ημ γεν|γενέθλια|dogum tarihi|"
    "d tarihi|dogum gunu|datum rojstva|д н|dt nast|data nast|d nast|dat nast|dat rodj|dat rod|"
    "datum rodj|datum rod|dat nar|datum nar|dogum t|hm gennisis|dt urodz|szul hely ido|data rajd|"
    "dat roj|rojstni datum|dat rodjenja|dat rag|дата нар|data nar",
    "birth_place": "место рождения|город рождения|місце народження|място на раждане|"
    "mesto rodjenja|mjesto rodenja|misto narozeni|miesto narodenia|szuletesi hely|locul nasterii|"
    "loc nastere|syntymapaikka|τόπος γέννησης|dogum yeri|topos gen|msc urodz|szul hely|mj rod|"
    "kraj roj|mj rodjenja",
    "relative": "имя отца|имя матери|фио отца|фио матери|девичья фамилия матери|"
    "фио законного представителя|законный представитель|име на баща|ime oca|ime majke|"
    "ime roditelja|jmeno otce|jmeno matky|meno otca|meno matky|anyja neve|anyja szuletesi neve|"
    "anyja leanykori neve|numele tatalui|numele mamei|prenumele tatalui|πατρωνυμο|μητρωνυμο|"
    "ονομα πατρος|ονομα πατερα|ονομα μητρος|ονομα μητερας|baba adi|ana adi|anne adi|"
    "anne kizlik soyadi|init tata|initiala tata|initiala tatalui|prenume tata|ime rodit|"
    "ime roditelja|ime jednog roditelja|ime oca|ime majke",
    "age": "возраст|вік|възраст|godine|vek|eletkor|varsta|ika|ηλικία|yas",
    "gender": "пол|стать|pol|spol|pohlavi|pohlavie|nem|neme|sexul|sex|gen|sukupuoli|φύλο|cinsiyet|"
    "cinsiyeti|pohl",
    "language": "язык|мова|език|jezik|jazyk|nyelv|limba|kieli|γλώσσα|dil",
    "email": "почта|е пошта|е почта|е mail|эл почта|электронная почта|адрес электронной почты|"
    "e mail адрес|имейл|емейл|мейл|електронна пошта|пошта|ел поща|имейл адрес|електронна поща|"
    "e posta|imejl|e mail adresa|emailova adresa|e mailova adresa|elektronicka posta|e mail cim|"
    "email cim|drotposta|adresa de email|adresa email|adresa e mail|posta electronica|sahkoposti|"
    "sahkopostiosoite|ηλεκτρονικό ταχυδρομείο|ηλεκτρονική διεύθυνση|διεύθυνση email|eposta|"
    "e posta adresi|eposta adresi|mail adresi|e posta|eposta|adresa eposte|ηλ ταχυδρομειο|"
    "e naslov|ел пошта",
    "phone": "мобильный|мобильный телефон|моб телефон|моб|сотовый|сотовый телефон|телефон|"
    "номер телефона|контактный телефон|телефон клиента|тел|тел номер|домашний телефон|"
    "рабочий телефон|мобільний|мобільний телефон|номер телефону|контактний телефон|мобилен|"
    "мобилен телефон|gsm|телефонен номер|broj telefona|mobilni|mobilni telefon|mobitel|"
    "telefonni cislo|telefonne cislo|mobilni cislo|mobilne cislo|telefon cislo|mobilszam|"
    "telefonszam|mobiltelefonszam|vezetekes|telefon mobil|numar de telefon|numar telefon|"
    "nr telefon|nr tel|puhelin|puhelinnumero|matkapuhelin|puh|gsm numero|τηλέφωνο|κινητό|"
    "κινητό τηλέφωνο|σταθερό|σταθερό τηλέφωνο|τηλ|αριθμός τηλεφώνου|τηλέφωνο επικοινωνίας|"
    "cep telefonu|cep|telefon numarasi|telefon no|cep no|ev telefonu|is telefonu|irtibat numarasi|"
    "cep tel|ev tel|is tel|sabit tel|mob tel|моб тел|тел моб|дод телефон|додатковий телефон|"
    "доп телефон|дополнительный телефон|τηλ σταθ|σταθερο|σταθερο τηλεφωνο|τηλ κιν|κιν τηλ|κιν|"
    "τηλ κινητο|τηλ οικιας|tel mob|tel fix|mob kont|kont tel|fiks tel|fiksni tel|fiksni telefon|"
    "mob tel|kontakt tel|telefon mobil|telefon fix|kinito|tel kontaktowy|tel kuc|тел дом",
    "national_id": "снилс|ву|водительское удостоверение|паспорт|серия и номер паспорта|"
    "номер паспорта|рнокпп|егн|jmbg|oib|"
    "rodne cislo|szemelyi szam|szemelyazonosito|cnp|henkilotunnus|hetu|αδτ|αριθμός ταυτότητας|"
    "αμκα|tc kimlik no|tc no|tckn|kimlik no|taj szam|taj|tajszam|szemelyi igazolvany szama|"
    "szig szam|emso|maticni broj|mat br|jmb|rodne c|szem ig szam|cnp cui|nr ci|лнч|egn eik|лбо|"
    "br lk|zzzs st|езбо|embg|унзр|snils|pasp nom",
    "tax_id": "инн|ипн|інн|єдрпоу|еик|pib|ico|dic|adoszam|adoazonosito jel|cui|y tunnus|αφμ|"
    "vergi no|vergi numarasi|vkn",
    "account": "карта лояльности|бонусная карта|дисконтная карта|номер договора|"
    "номер полиса|полис|номер картки|kart no|kart numarasi|uyelik no|uye no|police no|sozlesme no|"
    "картка лояльності|карта лояльности|номер картки|номер карти|бонусна картка|бонусная карта|"
    "αρ παροχης|αριθμος παροχης",
    "company": "компания|организация|название компании|юр лицо|компанія|організація|фирма|tvrtka|"
    "preduzece|spolecnost|firma nazev|spolocnost|cegnev|ceg|companie|denumire firma|societate|"
    "yritys|yrityksen nimi|εταιρεία|επωνυμία|sirket|sirket adi|firma adi|kurum",
    "occupation": "профессия|должность|род занятий|професія|посада|професия|длъжност|zanimanje|"
    "zamestnani|povolani|povolanie|foglalkozas|profesie|ocupatie|ammatti|επάγγελμα|meslek",
    "notes": "примечание|примечания|комментарий|заметки|примітка|примітки|коментар|бележки|"
    "napomena|poznamka|poznamky|megjegyzes|observatii|huomautus|huomautukset|παρατηρήσεις|σχόλια|"
    "σημειώσεις|not|notlar|aciklama",
}
ADDRESS: dict[str, str] = {
    "street": "адрес|адрес проживания|адрес доставки|почтовый адрес|улица|улица и дом|"
    "адрес клиента|полный адрес|домашний адрес|адреса|адреса проживання|вулиця|улица и номер|"
    "adresa|ulica i broj|ulice|ulice a cislo|ulica a cislo|bydliste|bydlisko|cim|lakcim|utca|"
    "utca hazszam|lakohely cime|strada|strada si numar|domiciliu|osoite|katuosoite|lahiosoite|"
    "postiosoite|katu|διεύθυνση|οδός|οδός και αριθμός|διεύθυνση κατοικίας|adresi|acik adres|"
    "ev adresi|cadde|sokak|cadde sokak|adresa 1 a 2|adresa 1|ulica i kucni broj|ulica in hisna st|"
    "οδος|adr str|ulica br|ulica i br|ul br|odos|ulica i nr|ulice a c p|ulica c d|kozterulet|"
    "fogyasztasi hely|adresa dom|adresa stan|ulica hs|naslov|adresa mjernog mjesta|адреса об єкта|"
    "adr reg|adr fakt|lahios",
    "line_2": "квартира|кв|корпус|daire no|daire|apartman|byt|emelet ajto|διαμέρισμα|adr bl sc ap|"
    "bl sc ap|bloc scara apartament|stan|οροφοσ|nr mieszkania|ulaz sprat|porras ja asunto",
    "number": "дом|номер дома|будинок|номер будинку|kucni broj|cislo popisne|cislo domu|"
    "supisne cislo|hazszam|numar strada|talonnumero|αριθμός|αρ|αριθμός οδού|kapi no|bina no|"
    "hisna st|hisna stevilka|adr nr|kucni br|kuc br|arithmos|sup c|буд|корп",
    "city": "город|населенный пункт|город проживания|місто|населений пункт|град|населено място|"
    "grad|mesto|mjesto|obec|mesto obec|mesto bydliste|telepules|varos|lakhely|oras|localitate|"
    "localitatea|kaupunki|postitoimipaikka|paikkakunta|kunta|πόλη|δήμος|sehir|il|ilce|il ilce|"
    "περιοχη|πολη περιοχη|δημος|loc|localit|miejsc|helyseg|opcina|населено место|нас пункт|"
    "насел пункт|postitmp",
    "region": "область|регион|край|район|регіон|област|oblast|okrug|zupanija|kraj okres|okres|"
    "megye|judet|judetul|maakunta|νομός|περιφέρεια|bolge|eyalet|обл|область|jud",
    "postcode": "индекс|почтовый индекс|поштовий індекс|індекс|пощенски код|п к|postanski broj|"
    "psc|postovni smerovaci cislo|iranyitoszam|irsz|cod postal|postinumero|postinro|τκ|τ κ|"
    "ταχυδρομικός κώδικας|ταχ κώδικας|posta kodu|p kodu|postna st|postna stevilka|cod pst|ptt|"
    "ptt broj|post broj|ir szam|ptt br",
    "country": "страна|країна|държава|drzava|zeme|stat|krajina|orszag|tara|maa|χώρα|ulke|kod zeme|"
    "zeme kod",
}
# Whose a column is, where the rest of its name says what it is.
PERSON = frozenset(
    "клиента клиент покупателя покупатель пациента пациент получателя заказчика контакта "
    "клієнта клієнт покупця пацієнта отримувача "
    "zakaznika zakaznik zakaznicka klijenta pacijenta ugyfel vevo vasarlo beteg "
    "clientului client asiakas asiakkaan potilas potilaan πελάτη πελάτης ασθενή ασθενούς "
    "musteri alici hasta".split()
)
# Words of a whole name, and of one part of it where another column holds the other.
LONE = frozenset("имя име ime jmeno meno nev nume nimi ad adi isim ονομα".split())
# Which of several, see CONTEXT of the English words.
CONTEXT = {
    "billing": "fakturacni fakturacna szamlazasi facturare fatura платежный платёжный "
    "χρεωσης τιμολογησης laskutus",
    "shipping": "dorucovaci dorucovacia dodaci dodacia szallitasi livrare teslimat доставки "
    "αποστολης toimitus",
    "home": "trvale ikamet домашний σπιτιου koti",
    "work": "prace munkahelyi рабочий εργασιας tyo",
}
