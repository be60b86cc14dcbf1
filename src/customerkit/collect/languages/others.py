"""What columns are called in languages of few speakers, or of people who mostly write English.

They are Icelandic, Catalan, Albanian, Macedonian and Serbian in Cyrillic letters, Kazakh,
Georgian, Armenian, Azerbaijani, Uzbek, Filipino, Swahili and Maltese.
"""

from __future__ import annotations

CUSTOMER: dict[str, str] = {
    "full_name": "nafn|fullt nafn|nom complet|nom i cognoms|cognoms i nom|emri i plote|"
    "emer mbiemer|emri dhe mbiemri|emri mbiemri|име и презиме|презиме и име|аты жөні|тегі аты|"
    "სახელი და გვარი|სახელი გვარი|გვარი სახელი|անուն ազգանուն|ազգանուն անուն|ad soyad|soyad ad|"
    "ism familiya|f i sh|fish|pangalan|buong pangalan|jina|jina kamili|isem u kunjom|emri|ism|"
    "სახელი|անուն|аты|isem|র গ র ন ম|grahok nam",
    "given_name": "fornafn|eiginnafn|nom de pila|jina la kwanza|imya|saxeli",
    "family_name": "eftirnafn|kenninafn|cognoms|cognom|mbiemri|тегі|გვარი|ազգանուն|soyad|familiya|"
    "apelyido|jina la mwisho|jina la ukoo|kunjom|primer cognom|1r cognom|mbiemer|прозвішча|gvari|"
    "azganun",
    "second_family_name": "segon cognom|2n cognom",
    "middle_name": "millinafn|әкесінің аты|հայրանուն|otasining ismi|sharifi|gitnang pangalan|"
    "jina la kati|імя па бацьку|otchestvo|hayranun|atasinin adi",
    "relative": "ata adi|მამის სახელი|emri i babait|име на татко|име оца|име родитеља",
    "birth_date": "faedingardagur|faedingardagsetning|data de naixement|data naixement|"
    "data de naix|data e lindjes|datelindja|датум на раѓање|датум рођења|датум рођ|дат рођ|"
    "туған күні|დაბადების თარიღი|ծննդյան ամսաթիվ|ծննդյան օր|dogum tarixi|tug ilgan sana|"
    "tugilgan sana|petsa ng kapanganakan|kapanganakan|tarehe ya kuzaliwa|data tat twelid|"
    "дата нараджэння|data rozhd|dab tarigi|tsnnd|تاریخ پیدائش|জন ম ত র খ|jonmo tarikh|tar kuzaliwa",
    "birth_place": "faedingarstadur|lloc de naixement|vendlindja|место на раѓање|место рођења|"
    "lugar ng kapanganakan|dab adgili",
    "gender": "kyn|sexe|gjinia|жынысы|სქესი|սեռ|cinsi|jinsi|jinsiyati|kasarian|jinsia|cins|جنس|"
    "ল ঙ গ|geslag",
    "email": "netfang|tolvupostur|correu electronic|correu|adreca electronica|posta elektronike|"
    "емаил|е адреса|ელ ფოსტა|ელფოსტა|იმეილი|էլ փոստ|էլ հասցե|e poct|elektron poct|elektron pochta|"
    "barua pepe|e posadres",
    "phone": "simi|simanumer|farsimi|heimasimi|gsm numer|telefon|telef|mobil|telefon mobil|"
    "telefoni|nr i telefonit|numri i telefonit|celulari|мобилни|мобилни телефон|мобилен телефон|"
    "број телефона|телефонски број|контакт телефон|kontakt telefon|телефон нөмірі|ტელეფონი|"
    "მობილური|ტელეფონის ნომერი|հեռախոս|հեռախոսահամար|բջջային|mobil nomre|telefon nomresi|"
    "telefon raqami|telefono|telepono|numero ng telepono|simu|namba ya simu|nambari ya simu|"
    "nr telefoni|тэлефон|tel sot|հեռ|her bjj|əlaqə nomrəsi|موبائل نمبر|ptcl no|ম ব ইল নম বর|cp no|"
    "selfoon|sel nr",
    "national_id": "kennitala|kt|numri personal|nr personal|ембг|матичен број|јмбг|матични број|"
    "иин|жсн|პირადი ნომერი|პირადი no|fin|fin kod|pinfl|jshshir|pps no|ppsn|pps number|nhi|"
    "nhi number|kitambulisho|личныи номер|udost nom|piradi no|հծհ|անձնագիր|andznagir|"
    "شناختی کارڈ نمبر|nicop|জ ত য পর চয পত র ন|jbr no|sss gsis no|philsys no|"
    "nambari ya kitambulisho|id nommer",
    "language": "tungumal|llengua|idioma|gjuha|ენა|լեզու",
    "company": "fyrirtaeki|empresa|kompania|компанија|კომპანია|kampuni",
}
ADDRESS: dict[str, str] = {
    "street": "heimilisfang|heimili|gata|gotuheiti|adreca|carrer|domicili|adresa|rruga|улица|"
    "адреса|улица и број|мекенжайы|მისამართი|ქუჩა|հասցե|փողոց|manzil|tirahan|anwani|indirizz|"
    "alamat ktp|ул|адрас|ulica dom kv|misamarti|hasce|پتہ|mailing add|গ র ম মহল ল|kalye|st subd|"
    "makazi|woonadres",
    "city": "stadur|poststod|baer|borg|sveitarfelag|poblacio|ciutat|municipi|qyteti|град|место|"
    "қала|ქალაქი|քաղաք|səhər|shahar|lungsod|bayan|mji|jiji|lokalita|kota kab|kota kabupaten|"
    "bashkia|нас пункт|горад|gorod|qalaqi|համայնք|qaghaq|seher rayon|شہر|থ ন উপজ ল|mun city|kijiji",
    "region": "provincia|komarca|qarku|облыс|რეგიონი|մարզ|viloyat|lalawigan|mkoa",
    "postcode": "postnumer|codi postal|kodi postar|поштански број|поштенски број|ინდექსი|"
    "საფოსტო ინდექსი|փոստային ինդեքս|ինդեքս|poct indeksi|pochta indeksi|poskode",
    "country": "land|shteti|држава|ქვეყანა|երկիր|olke|davlat|bansa|nchi",
}
LONE = frozenset("nafn nom emri име аты სახელი անուն ad ism pangalan jina isem".split())
