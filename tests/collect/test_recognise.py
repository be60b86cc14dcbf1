"""Real export headers are understood without a hint."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import customerkit as ck
from customerkit.collect.activities import ACTIVITY
from customerkit.collect.headers import understand
from customerkit.collect.joining import plain
from customerkit.collect.recognise import explicit, recognise
from customerkit.collect.records import Layout
from customerkit.collect.systems import meaning_of
from customerkit.collect.vocabulary import address_words, words_of
from customerkit.errors import MappingError, UnknownFieldError
from customerkit.model.batch import Batch
from customerkit.model.tables import RECORDS

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("CUSTOMERKIT_DATA", ROOT.parent / "shared" / "data"))
HEADERS = DATA / "channels" / "headers.json"
PERSON = {"First Name": "given_name", "Last Name": "family_name"}
EXPECTED: dict[str, dict[str, str]] = {
    "google_contacts_2024": {
        **PERSON,
        "Middle Name": "middle_name",
        "Birthday": "birth_date",
        "E-mail 1 - Value": "email",
        "E-mail 2 - Value": "email_2",
        "Phone 1 - Value": "phone",
        "Address 1 - Street": "street",
        "Address 1 - City": "city",
        "Address 1 - Region": "region",
        "Address 1 - Postal Code": "postcode",
        "Address 1 - Country": "country",
        "Organization Name": "company",
    },
    "google_contacts_legacy": {
        "Name": "full_name",
        "Given Name": "given_name",
        "Family Name": "family_name",
        "Birthday": "birth_date",
        "Gender": "gender",
        "E-mail 1 - Value": "email",
        "Phone 1 - Value": "phone",
    },
    "outlook_com": {
        **PERSON,
        "E-mail Address": "email",
        "E-mail 2 Address": "email_2",
        "E-mail 3 Address": "email_3",
        "Mobile Phone": "phone",
        "Home Street": "street",
        "Home City": "city",
        "Home Postal Code": "postcode",
        "Business Street": "street_2",
        "Business City": "city_2",
        "Birthday": "birth_date",
    },
    "outlook_desktop": {
        **PERSON,
        "E-mail Address": "email",
        "Home City": "city",
        "Gender": "gender",
        "Company": "company",
    },
    "hubspot_contacts": {
        **PERSON,
        "Record ID": "external_id",
        "Email": "email",
        "Phone Number": "phone",
        "Create Date": "published",
        "Country/Region": "country",
        "Associated Company": "company",
    },
    "shopify_customers": {
        **PERSON,
        "Customer ID": "external_id",
        "Email": "email",
        "Phone": "phone",
        "Default Address Address1": "street",
        "Default Address City": "city",
        "Default Address Province Code": "region",
        "Default Address Country Code": "country",
        "Default Address Zip": "postcode",
        "Total Spent": "purchase_amount",
        "Total Orders": "purchase_count",
    },
    "salesforce_contacts_api": {
        "Id": "external_id",
        "FirstName": "given_name",
        "LastName": "family_name",
        "MailingStreet": "street",
        "MailingCity": "city",
        "MailingState": "region",
        "MailingPostalCode": "postcode",
        "MailingCountry": "country",
        "Email": "email",
        "LastModifiedDate": "published",
    },
    "salesforce_contacts_report": {
        **PERSON,
        "Email": "email",
        "Phone": "phone",
        "Account Name": "company",
        "Mailing City": "city",
        "Mailing State/Province": "region",
        "Mailing Zip/Postal Code": "postcode",
    },
    "mailchimp_audience": {**PERSON, "Email Address": "email", "LAST_CHANGED": "published"},
    "stripe_customers": {
        "id": "external_id",
        "Email": "email",
        "Name": "full_name",
        "Created (UTC)": "published",
        "Total Spend": "purchase_amount",
        "Payment Count": "purchase_count",
    },
    "shopify_orders_messy": {
        "Name": "activity.purchase_id",
        "Email": "email",
        "Currency": "activity.currency",
        "Created at": "activity.occurred",
        "Lineitem quantity": "activity.quantity",
        "Lineitem name": "activity.product",
        "Lineitem price": "activity.unit_price",
        "Lineitem sku": "activity.sku",
        "Billing Name": "full_name",
    },
    "taobao_orders_gbk": {
        "订单编号": "activity.purchase_id",
        "买家会员名": "external_id",
        "收货人姓名": "full_name",
        "联系手机": "phone",
        "订单创建时间": "activity.occurred",
        "宝贝标题": "activity.product",
        "宝贝总数量": "activity.quantity",
        "买家实际支付金额": "activity.amount",
    },
    "woocommerce_customers": {
        "Name": "full_name",
        "Email": "email",
        "City": "city",
        "Postal Code": "postcode",
        "Billing Phone": "phone",
        "Total Spend": "purchase_amount",
    },
    "brevo_contacts": {
        "EMAIL": "email",
        "LASTNAME": "family_name",
        "FIRSTNAME": "given_name",
        "SMS": "phone",
        "MODIFIED_TIME": "published",
    },
    "meta_lead_ads": {"full_name": "full_name", "phone_number": "phone", "email": "email"},
    "linkedin_connections": {**PERSON, "Email Address": "email", "Company": "company"},
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_real_headers(name: str) -> None:
    if not HEADERS.exists():
        pytest.skip(f"the headers are not here: {HEADERS}")
    header = json.loads(HEADERS.read_text("utf-8"))[name]["header"]
    found = recognise(header, {})
    mapped = {column: target.field for column, target in found.columns.items()}
    assert {column: mapped.get(column) for column in EXPECTED[name]} == EXPECTED[name]
    orders = {"shopify_orders_messy", "taobao_orders_gbk"}
    assert found.kind == ("purchases" if name in orders else "customers")


LANGUAGES = {
    "ชื่อจริง,นามสกุล,วันเกิด,เพศ,เบอร์โทรศัพท์,อีเมล,รหัสไปรษณีย์": (
        "given_name family_name birth_date gender phone email postcode"
    ),
    "שם פרטי,שם משפחה,תאריך לידה,טלפון נייד,כתובת,עיר,מיקוד": (
        "given_name family_name birth_date phone street city postcode"
    ),
    "نام کوچک,نام خانوادگی,تاریخ تولد,تلفن همراه,آدرس,شهر": (
        "given_name family_name birth_date phone street city"
    ),
    "Nume de familie,Prenume,Data nașterii,Localitate,Cod poștal,Nr. telefon": (
        "family_name given_name birth_date city postcode phone"
    ),
    "Prezime,Srednje ime,Datum rođenja,Spol,Mobitel,Poštanski broj": (
        "family_name middle_name birth_date gender phone postcode"
    ),
    "Име и фамилия,Дата на раждане,Телефонен номер,Населено място,Пощенски код": (
        "full_name birth_date phone city postcode"
    ),
    "Krstné meno,Priezvisko,Dátum narodenia,Obec,PSČ,E-mailová adresa": (
        "given_name family_name birth_date city postcode email"
    ),
    "Voorletters,Roepnaam,Tussenvoegsel,Achternaam": (
        "given_name? given_name family_name family_name"
    ),
    "Voorletters,Tussenvoegsel,Achternaam": "given_name family_name family_name",
    "Nombre,Primer apellido,Segundo apellido": "given_name family_name family_name",
    "Фамилия,Имя,Отчество,Дата рождения,Пол,Мобильный телефон,Город,Индекс": (
        "family_name given_name middle_name birth_date gender phone city postcode"
    ),
    "Прізвище,Ім'я,По батькові,Дата народження,Адреса,Місто,Е-пошта": (
        "family_name given_name middle_name birth_date street city email"
    ),
    "Επώνυμο,Όνομα,Ημ/νία Γέννησης,Οδός,Αριθμός,ΤΚ,Πόλη,Κινητό": (
        "family_name given_name birth_date street street postcode city phone"
    ),
    "Ad,Soyad,Doğum Tarihi,Cinsiyet,Cep Telefonu,E-posta,Şehir": (
        "given_name family_name birth_date gender phone email city"
    ),
    "Jméno,Příjmení,Datum narození,Ulice,PSČ,Město,Telefon": (
        "given_name family_name birth_date street postcode city phone"
    ),
    "Vezetéknév,Keresztnév,Születési dátum,Irányítószám,Város": (
        "family_name given_name birth_date postcode city"
    ),
    "Etunimi,Sukunimi,Syntymäaika,Katuosoite,Postinumero,Sähköposti": (
        "given_name family_name birth_date street postcode email"
    ),
    "顧客番号,氏名,生年月日,性別,郵便番号,都道府県,市区町村,住所,電話番号,メールアドレス": (
        "external_id full_name birth_date gender postcode region city street phone email"
    ),
    "이름,생년월일,휴대폰번호,이메일,주소,우편번호": (
        "full_name birth_date phone email street postcode"
    ),
    "會員編號,姓名,出生年月日,手機號碼,電子信箱,郵遞區號": (
        "external_id full_name birth_date phone email postcode"
    ),
    "Họ tên,Ngày sinh,Giới tính,Số điện thoại,Địa chỉ": "full_name birth_date gender phone street",
    "Nama Lengkap,Tanggal Lahir,No HP,Alamat,Kode Pos": (
        "full_name birth_date phone street postcode"
    ),
    "الاسم الكامل,تاريخ الميلاد,رقم الجوال,العنوان,المدينة": (
        "full_name birth_date phone street city"
    ),
    "Name,Phone / Téléphone,E-mail / Courriel,Language / Langue": "full_name phone email language",
    "COGNOME,NOME,COD_FISCALE,LUOGO_NASCITA,TEL_FISSO,CELLULARE,PROV": (
        "family_name given_name national_id birth_place phone_2 phone region"
    ),
    "Ad,Soyad,CepTel,EvTel,PostaKodu": "given_name family_name phone phone_2 postcode",
    "اسم العميل,رقم الخط,رقم آخر للتواصل": "full_name phone phone_2",
    "客户姓名,证件号码,手机号码": "full_name national_id phone",
    "nome_do_paciente,dt_nascimento,sexo,municipio_nasc": "full_name birth_date gender birth_place",
    "CUST_NAME,DOB,MSISDN,PINCODE": "full_name birth_date phone postcode",
    "nombre,apellido1,fecha_nac,telefono_fijo,movil,cod_postal": (
        "given_name family_name birth_date phone_2 phone postcode"
    ),
    "Kundennummer,Vorname,Name,Straße,Hausnummer,PLZ,Ort,Telefon,Geburtsdatum": (
        "external_id given_name family_name street street postcode city phone birth_date"
    ),
    "Prénom,Nom,Date de naissance,Adresse,Code postal,Ville,Pays,Téléphone,Courriel": (
        "given_name family_name birth_date street postcode city country phone email"
    ),
    "Nombre,Apellidos,Fecha de nacimiento,Dirección,Ciudad,Correo electrónico,DNI": (
        "given_name family_name birth_date street city email national_id"
    ),
    "Nome,Cognome,Data di nascita,Indirizzo,CAP,Città,Codice Fiscale": (
        "given_name family_name birth_date street postcode city national_id"
    ),
    "Voornaam,Achternaam,Geboortedatum,Straat,Huisnummer,Woonplaats": (
        "given_name family_name birth_date street street city"
    ),
    "Imię,Nazwisko,Data urodzenia,Ulica,Kod pocztowy,Miasto": (
        "given_name family_name birth_date street postcode city"
    ),
    "last_name,first_name,midl_name,res_street_address,res_city_desc,state_cd,zip_code,yob": (
        "family_name given_name middle_name street city region postcode birth_date"
    ),
    "last_name,name_suffix_lbl,full_phone,county_desc,birth_state,res_street_address,res_city_desc,"
    "state_cd,zip_code,mail_addr1,mail_city,mail_state,mail_zipcode": (
        "family_name suffix phone region? birth_place street city "
        "region postcode street_2 city_2 region_2 postcode_2"
    ),
    "NOME,LOGRADOURO,NUMERO,COMPLEMENTO,CIDADE,UF": ("full_name street street street city region"),
    "N° adhérent,Nom d'usage,N° Sécurité sociale,Tél. portable": (
        "account family_name national_id phone"
    ),
    "MSISDN,ALTERNATE_NO,POI_NO": "phone phone_2 national_id",
    "MBR_LAST_NM,MBR_FIRST_NM,MBR_MID_NM,MBR_SFX,BIRTH_DT,GNDR_CD,ADDR_LN_1,ADDR_LN_2,CITY_NM,"
    "ST_CD,ZIP_CD,HOME_PH,CELL_PH,EMAIL_ADDR": (
        "family_name given_name middle_name suffix birth_date gender street street city "
        "region postcode phone_2 phone email"
    ),
    "NUMDOCUM,NOMBREPE,APELLID1,APELLID2,FENACIMI,CODPOSTA,LOCALIDA,TFNOFIJO,TFNOMOVI": (
        "national_id given_name family_name family_name birth_date postcode city phone phone_2"
    ),
    "CnBio_First_Name,CnBio_Last_Name,CnBio_Birth_date,CnAdrPrf_Addrline1,CnAdrPrf_PostCode,"
    "CnPh_1_01_Phone_number": "given_name family_name birth_date street postcode phone",
    "PID.5.1,PID.5.2,PID.7,PID.8,PID.11.1,PID.11.3,PID.11.5,PID.13,PID.19": (
        "family_name given_name birth_date gender street city postcode phone national_id"
    ),
    "name.0.family,name.0.given.0,birthDate,address.0.line.0,address.0.city,telecom_phone": (
        "family_name given_name birth_date street city phone"
    ),
    "KUNNR,NAME1,STRAS,ORT01,PSTLZ,TELF1,SMTP_ADDR": (
        "external_id full_name street city postcode phone email"
    ),
    "c_first_name,c_last_name,c_birth_year,ca_street_number,ca_street_name,ca_city,ca_zip": (
        "given_name family_name birth_date street street city postcode"
    ),
    "c_name,c_address,c_phone": "full_name street phone",
    "Given Name,Surname,ca_street,ca_city": "given_name family_name street city",
    "fullname,address1_line1,address1_line2,address1_city,address1_stateorprovince": (
        "full_name street street city region"
    ),
    "Name Last,Name First,Name Middle,Residence Zip,Residence City (USPS),Daytime Phone Number": (
        "family_name given_name middle_name postcode city phone"
    ),
    "LAST_NAME,PERM_HOUSE_NUMBER,PERM_STREET_NAME,PERM_CITY,PERM_ZIPCODE": (
        "family_name street street city postcode"
    ),
    "Member #,Member Name,Ph. (H),Ph. (M),P/Code": "account full_name phone_2 phone postcode",
    "FIRST,LAST,ALIAS,doc_number": "given_name family_name full_name_2 national_id",
    "NAMELAST,NAMEFRST,BPL,parish": "family_name given_name birth_place city",
    "Name,Card Address Line1,Card Address City,_address_telephone": ("full_name street city phone"),
    "Name,From Email Address": "full_name email",
    "NOM_CLI,APE1_CLI,APE2_CLI,FEC_NAC,TLF1": "full_name family_name family_name birth_date phone",
    "Apellido y Nombre,Nro Doc,DIRECCION_RESIDENCIA": "full_name national_id street",
    "AP_PATERNO,AP_MATERNO,NOMBRE(S),RFC,DEL_MUN": (
        "family_name family_name given_name tax_id city"
    ),
    "NUM_VOIE,LIB_VOIE,COMMUNE": "street street city",
    "Achternaam,Tussenvoegsels,Huisnr.,Toev.,Straatnaam": (
        "family_name family_name street street street"
    ),
    "Eesnimi,Perekonnanimi,Isikukood,Linn": "given_name family_name national_id city",
    "Vārds,Uzvārds,Personas kods,Pilsēta": "full_name family_name national_id city",
    "Vardas,Pavardė,Asmens kodas,El. paštas": "full_name family_name national_id email",
    "नाम,पिता का नाम,जन्म तिथि,मोबाइल नंबर,पता": "full_name relative birth_date phone street",
    "고객명,휴대폰번호,일반전화,기본주소,상세주소": "full_name phone phone_2 street street",
    "英文姓名,中文姓名,手提電話,住址": "full_name_2 full_name phone street",
    "Surname,Other Names,ID/Passport No.": "family_name given_name national_id",
    "SURNAME,FIRSTNAME,OTHERNAME,LGA": "family_name given_name middle_name city",
    "Name,Other Names": "full_name full_name_2",
    "PatNum,LName,FName,MiddleI,HmPhone,WirelessPhone": (
        "external_id family_name given_name middle_name phone_2 phone"
    ),
    "Patron Name,Landline,Mobile No": "full_name phone_2 phone",
    "PAX_SURNAME,PAX_GIVEN,PPT_NO,CTC_MOB": "family_name given_name national_id phone",
    "SUB_LAST_NAME,SVC_ADDR,SVC_CITY,BILL_ADDR,BILL_CITY": (
        "family_name street city street_2 city_2"
    ),
    "SURNAME,RES ADDR 1,RES CODE,POST ADDR 1,POST CODE": (
        "family_name street_2 postcode_2 street postcode"
    ),
    "FORENAMES,SURNAME,BIRTH_PARISH,BIRTH_COUNTY,CENSUS_YEAR,AGE": (
        "given_name family_name birth_place birth_place? published age"
    ),
    "Name,Home Address": "full_name street",
    "ACCTNBR,NMLINE1,NMLINE2,ADRLINE1,ADRLINE2,BTN,CONTTEL,BRTHDTE,SSNLST4,EMAILAD": (
        "external_id full_name full_name street street phone phone_2 birth_date national_id email"
    ),
    "lgl_fname,lgl_mname,lgl_lname,pref_fname,prior_lname,hm_street1,hm_stat,ma_street1,ma_city": (
        "given_name middle_name family_name given_name_2 family_name_2 street_2 region_2 street "
        "city"
    ),
    "cust_nm_first,cust_nm_mi,cust_nm_last,dob_yyyymmdd,phn_prim,phn_sec,pstl_cd": (
        "given_name middle_name family_name birth_date phone phone_2 postcode"
    ),
    "RPTD_NM,DL_NBR,HM_PHN_NBR,BUS_PHN_NBR,CELL_PHN_NBR,SSN_LST4": (
        "full_name account phone_2 phone_3 phone national_id"
    ),
    "PID.5.1_fam,PID.5.2_giv,PID.9_alias,PID.13.4_email": (
        "family_name given_name full_name_2 email"
    ),
    "person.name.given,person.name.family,identities[0].email,identities[1].phone": (
        "given_name family_name email phone"
    ),
    "שם פרטי,שם משפחה,ת. לידה,טל. נייד,טל. בית,ישוב": (
        "given_name family_name birth_date phone phone_2 city"
    ),
    "ชื่อ,นามสกุล,ชื่อ-สกุล (Eng),วัน/เดือน/ปีเกิด,โทร.บ้าน,มือถือ,รหัส ปณ.": (
        "full_name family_name full_name_2 birth_date phone_2 phone postcode"
    ),
    "ПІБ,Д.н.,Обл.,Дод. телефон,Телефон,Картка лояльності": (
        "full_name birth_date region phone_2 phone account"
    ),
    "apellido,nombre,calle,altura,piso_dto,cuit_cuil": (
        "family_name full_name street street street tax_id"
    ),
    "SPRIDEN_LAST_NAME,SPRIDEN_FIRST_NAME,SPBPERS_BIRTH_DATE,SPBPERS_SSN,SPRADDR_STREET_LINE1,"
    "SPRADDR_ZIP": "family_name given_name birth_date national_id street postcode",
    "NUME,PREN,INIT_TATA,CNP,DT_NAST,ADR_STR,ADR_NR,LOC,JUD,COD_PST,TEL_MOB,TEL_FIX": (
        "full_name given_name relative national_id birth_date street street city region postcode "
        "phone phone_2"
    ),
    "KORISNIK,IME_RODIT,DEV_PREZ,DAT_RODJ,ULICA_BR,STAN,PTT,MOB_KONT,FIKS_TEL,EPOSTA": (
        "full_name relative family_name_2 birth_date street street postcode phone phone_2 email"
    ),
    "FirstName,LastName,FinServ__LastFourDigitSSN__pc": "given_name family_name national_id",
    "Contact Name,Account,Job Title,iban_last4": "full_name company occupation account",
    "FIRST_NAME_A,FAMILY_NAME_A,FIRST_NAME_E,FAMILY_NAME_E,FATHER_NAME_E": (
        "given_name family_name given_name_2 family_name_2 relative"
    ),
    "PARTNER,NAME_LAST,NAME_FIRST,NAME_ORG1,STREET,HOUSE_NUM1,STR_SUPPL1,POST_CODE1,CITY1,VKONT": (
        "external_id family_name given_name company street street street postcode city account"
    ),
    "Křestní jméno (fakturační),Příjmení (fakturační),Adresa 1 a 2 (fakturační),"
    "Město (fakturační),PSČ (fakturační),Adresa 1 a 2 (doručovací),PSČ (doručovací)": (
        "given_name family_name street city postcode street_2 postcode_2"
    ),
    "Név,Születési név,Anyja neve,TAJ szám": "full_name full_name_2 relative national_id",
    "PAT_LAST_NAME,PAT_MRN,ADD_LINE_1,PATIENT_SSN": "family_name account street national_id",
    "First_Name__c,Last_Name__c,City__c": "given_name family_name city",
    "forename_1,surname_1,Address Line 1,Address Line 2,Post Town": (
        "given_name family_name street street city"
    ),
    "会員番号,氏名,フリガナ,生年月日": "external_id full_name full_name_2 birth_date",
    "姓,名,セイ,メイ": "family_name given_name family_name_2 given_name_2",
    "first_name_en,last_name_en,first_name_ar,last_name_ar": (
        "given_name family_name given_name_2 family_name_2"
    ),
    "Patient Name,Patient Name (Arabic),ID / Iqama": "full_name full_name_2 national_id",
    "Prénom,Nom,Nom de jeune fille": "given_name family_name family_name_2",
    "Nom de naissance,Prénoms": "family_name given_name",
    "Vorname,Nachname,Geburtsname": "given_name family_name family_name_2",
    "NHS_NUMBER,FORENAME,MIDDLE_NAMES,SURNAME,PREV_SURNAME": (
        "national_id given_name middle_name family_name family_name_2"
    ),
    "First Name,Preferred Name,Last Name": "given_name given_name_2 family_name",
    "first_name,surname,dob,birth_place,postcode_fake,occupation": (
        "given_name family_name birth_date birth_place postcode occupation"
    ),
}


@pytest.mark.parametrize("header", LANGUAGES)
def test_headers_of_other_languages_and_registers(header: str) -> None:
    names = {"Name": ["Bauer"], "Nom": ["Petit"], "Nombre": ["Ana"], "Nome": ["Ugo"]}
    names |= {"nombre": ["Ana"], "Имя": ["Анна"], "Ім'я": ["Ганна"], "Όνομα": ["Άννα"]}
    names |= {"Ad": ["Ayşe"], "Jméno": ["Eva"], "NOME": ["Ugo"]}
    parts = {"Vorname": ["Jo"], "Prénom": ["Lea"], "Apellidos": ["Vega"], "Cognome": ["Riva"]}
    parts |= {"apellido1": ["Vega"], "Primer apellido": ["Vega"]}
    parts |= {"Фамилия": ["Орлова"], "Прізвище": ["Мельник"]}
    parts |= {"Επώνυμο": ["Βλάχου"], "Soyad": ["Demir"], "Příjmení": ["Malá"], "COGNOME": ["Riva"]}
    columns = header.split(",")
    found = recognise(columns, names | parts)
    mapped = [found.columns[column].field for column in columns]
    assert mapped == LANGUAGES[header].split()


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("CEP", ["38464-511", "70686-000", None], "postcode"),
        ("Cep", ["0532 123 45 67", "+90 532 765 43 21"], "phone"),
        ("By", ["Odense", "Aarhus C"], "city"),
        ("by", ["1971", "1988"], "birth_date"),
    ],
)
def test_a_word_of_two_languages_means_what_its_values_are(
    header: str, values: list[str | None], field: str
) -> None:
    rest = {"Name": ["A. B."], "Street": ["1 Main St"], "bm": ["4"]}
    found = recognise([header, *rest], rest | {header: values})
    assert found.columns[header].field == field


def test_of_several_people_in_a_row_the_customer_is_of_whom_most_is_said() -> None:
    header = ["X_Sp_First_Name", "X_Sp_Last_Name", "X_Me_First_Name", "X_Me_Last_Name"]
    found = recognise([*header, "X_Me_Gender", "X_City_City", "X_City_Zip", "Y_B_Zip"], {})
    assert set(found.unmapped) == {"X_Sp_First_Name", "X_Sp_Last_Name", "Y_B_Zip"}
    known = recognise(["First Name", "Call First", "Call First Name", "Call Last Name"], {})
    assert list(known.columns) == ["First Name"]


@pytest.mark.parametrize("word", ["contract", "loyalty", "policy", "nation", "general", "custom"])
def test_a_whole_word_is_no_header_that_was_cut(word: str) -> None:
    assert meaning_of(word, "customers") in (None, understand(word, "customers"))


def test_names_are_known_by_their_values_where_no_header_tells() -> None:
    sample = {"Subject": ["Jane Roe", "Poe, Ann B.", "Tom Doe"], "Hub": ["New York", "San Diego"]}
    found = recognise(list(sample), sample)
    assert {column: target.field for column, target in found.columns.items()} == {
        "Subject": "full_name"
    }
    (question,) = recognise(["email", "Hub"], sample).questions
    assert "names" in question
    assert "Hub" in question


def test_a_header_of_two_meanings_has_none() -> None:
    found = recognise(["Phone / City", "E-mail"], {})
    assert found.unmapped == ("Phone / City",)


def test_a_name_beside_a_part_of_it_stays_whole() -> None:
    sample = {"first_name": ["Jane", "Bo"], "name": ["Jane Doe", "Bo Ray"]}
    found = recognise(["first_name", "name"], sample).columns
    assert [target.field for target in found.values()] == ["given_name", "full_name"]
    mixed = recognise(["first_name", "name"], {"first_name": ["Jane", None], "name": [None, "Bo"]})
    assert mixed.columns["name"].field == "full_name"


def test_two_halves_are_one_address_and_two_addresses_are_two() -> None:
    halves = recognise(["home street", "home city", "zip", "state"], {}).columns
    assert {target.field for target in halves.values()} == {"street", "city", "postcode", "region"}
    two = recognise(["home street", "home city", "street", "city"], {}).columns
    assert [target.field for target in two.values()] == ["street_2", "city_2", "street", "city"]


PARTS_OF_BIRTH = {
    ("birth_year", "birth_month", "birth_day"): ["birth_date"] * 3,
    ("bd", "bm", "by"): ["birth_date"] * 3,
    ("Patient Birth Year", "Patient Birth Month"): ["birth_date"] * 2,
    ("Geburtsjahr", "Geburtsmonat"): ["birth_date"] * 2,
    ("Birth day",): ["birth_date"],
    ("yob",): ["birth_date"],
    ("by",): [None],
    ("birth month", "birth day"): [None, None],
    ("date of birth", "month of birth"): ["birth_date", None],
    ("date of birth", "year of birth", "month of birth"): ["birth_date", "birth_date?", None],
}


@pytest.mark.parametrize("headers", PARTS_OF_BIRTH)
def test_a_date_of_birth_may_stand_in_parts(headers: tuple[str, ...]) -> None:
    found = recognise(["email", *headers], {}).columns
    targets = [found[name].field if name in found else None for name in headers]
    assert targets == PARTS_OF_BIRTH[headers]


def test_parts_of_a_date_give_way_to_a_whole_one_that_says_something() -> None:
    columns = ["email", "dob", "birth year", "birth month"]
    sample = {"dob": [None, None], "birth year": ["1950"], "birth month": ["7"]}
    assert "dob" not in recognise(columns, sample).columns
    assert "dob" in recognise(columns, sample | {"dob": ["1950-07-13"]}).columns


def test_records_in_parts_match_records_in_one_piece() -> None:
    people = [
        {"first name": "Katherine", "surname": "Osei", "birth_year": "1971", "birth_month": "6",
         "birth_day": "24"},
        {"first name": "Catherine", "surname": "Osei", "birth_year": "1971.0",
         "birth_month": "6.0", "birth_day": "24.0"},
        {"first name": "Katherine", "surname": "Poe", "birth_year": "1950", "birth_month": "6",
         "birth_day": ""},
    ]  # fmt: skip
    assert ck.match(people).customer == [0, 0, 1]


def test_a_persons_word_goes_before_ours() -> None:
    found = recognise(["Mail", "Shoe"], {})
    told = explicit({"Shoe": "notes", "Mail": None}, found)
    assert {c: t.field for c, t in told.columns.items()} == {"Shoe": "notes"}
    with pytest.raises(UnknownFieldError, match="did you mean email"):
        explicit({"Mail": "emial"}, found)
    with pytest.raises(MappingError, match="'Boot'"):
        explicit({"Boot": "notes"}, found)


def test_nothing_recognised_is_asked_for() -> None:
    base = ck.open("memory:")
    with pytest.raises(MappingError, match="mapping="):
        base.collect([{"foo": "1", "bar": "2"}], channel="x")


def test_a_name_that_holds_no_addresses_is_no_email() -> None:
    sample = {"email": ["yes", "no", "yes", "no"], "x": ["a@b.example", "c@d.example"] * 2}
    found = recognise(["email", "x"], sample)
    assert {c: t.field for c, t in found.columns.items()} == {"x": "email"}


@pytest.mark.parametrize("header", ["tenant id", "payer id", "unit"])
def test_what_many_share_is_nobodys(header: str) -> None:
    assert header not in recognise(["name", "email", header], {}).columns


def test_the_rest_of_an_address_is_none_without_the_street() -> None:
    assert "suite" not in recognise(["name", "email", "suite"], {}).columns
    found = recognise(["name", "street", "suite", "city"], {}).columns
    assert [found[name].field for name in ("street", "suite")] == ["street", "street"]


def _said(base: ck.CustomerBase, field: str) -> list[object]:
    return [value for batch in base.backend.scan(RECORDS) for value in batch.column(field)]


def test_a_column_of_the_same_meaning_is_taken_where_the_other_is_blank() -> None:
    rows = [
        {"street": "Elm Row", "no": "", "house number": "7", "address": "", "town": "Ely"},
        {"street": "", "no": "", "house number": "", "address": "9 High Street", "town": "York"},
        {"street": "Elm Row", "no": "", "house number": "8", "address": "Elsewhere", "town": ""},
    ]
    base = ck.open("memory:")
    found = base.collect(rows, channel="crm")
    assert found.mapping["address"] == "street?"
    assert _said(base, "street") == [
        "Elm Row 7", "9 High Street", "Elm Row 8",
    ]  # fmt: skip


def test_a_person_may_say_what_completes_a_field() -> None:
    rows = [
        {"e": "jane@example.com", "born": "1971-06-24", "x": ""},
        {"e": "joe@example.com", "born": "", "x": "1950"},
    ]
    base = ck.open("memory:")
    base.collect(rows, channel="crm", mapping={"e": "email", "x": "birth_date?"})
    assert _said(base, "birth_date") == ["1971-06-24", "1950"]


def test_initials_stand_for_a_given_name_where_none_is_stated() -> None:
    rows = [
        {"voorletters": "J.P.", "voornaam": "", "achternaam": "Bakker"},
        {"voorletters": "J.P.", "voornaam": "Jan", "achternaam": "Bakker"},
    ]
    base = ck.open("memory:")
    base.collect(rows, channel="crm")
    assert _said(base, "given_name") == ["J.P.", "Jan"]


@given(
    st.lists(
        st.tuples(*[st.sampled_from([None, "a", "b c", " d", "é", "N/A", " null "])] * 3),
        min_size=1,
    )
)
def test_columns_of_arrow_are_joined_and_completed_as_those_of_python(
    rows: list[tuple[str | None, ...]],
) -> None:
    pa = pytest.importorskip("pyarrow")
    layout = Layout.of({"a": "street", "b": "street", "c": "street?"}, ["a", "b", "c"])
    columns = dict(zip("abc", map(list, zip(*rows, strict=True)), strict=True))
    arrow = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    said = [
        layout.record_columns(Batch.from_columns(some, len(rows)))["street"]
        for some in (columns, arrow)
    ]
    assert plain(said[1]) == said[0]


def test_a_part_that_says_nothing_is_no_part_of_a_value() -> None:
    rows = [
        {"First Name": "Ana", "Street 1": "Elm 1", "Street 2": "N/A", "lname_c1": "Roe"}
        | {"lname_c2": "NA", "by": 1971, "bm": "NA", "bd": "NA"}
    ]
    base = ck.open("memory:")
    base.collect(rows, channel="crm")
    assert _said(base, "street") == ["Elm 1"]
    assert _said(base, "family_name") == ["Roe"]
    assert _said(base, "birth_date") == ["1971"]


def test_labels_beside_values_are_left_alone() -> None:
    header = ["Name", "Phone 1 - Label", "Phone 1 - Value", "Address 1 - Label"]
    found = recognise(header, {}).columns
    assert {column: target.field for column, target in found.items()} == {
        "Name": "full_name",
        "Phone 1 - Value": "phone",
    }


@pytest.mark.parametrize("who", ["Emergency", "Store"])
def test_names_and_addresses_of_others_are_left_alone(who: str) -> None:
    header = ["Last Name", f"{who} Name", f"{who} Street", f"{who} City"]
    assert list(recognise(header, {}).columns) == ["Last Name"]


def test_the_address_that_most_rows_have_goes_first() -> None:
    header = ["Last Name", "Mail Street", "Mail City", "Res Street", "Res City"]
    rare = ["1 Elm St"] + [None] * 9
    sample = {"Mail Street": rare, "Mail City": rare, "Res Street": ["2 Oak Rd"] * 10}
    found = recognise(header, {**sample, "Res City": ["Leeds"] * 10}).columns
    assert (found["Res Street"].field, found["Mail Street"].field) == ("street", "street_2")
    found = recognise(header, {}).columns
    assert (found["Res Street"].field, found["Mail Street"].field) == ("street_2", "street")


def test_a_third_address_fills_the_first() -> None:
    parts = ("Street", "City")
    header = [f"{who} {part}" for who in ("Billing", "Shipping", "Other") for part in parts]
    found = recognise(["Name", *header], {}).columns
    assert [found[column].field for column in header[-2:]] == ["street?", "city?"]


def test_contacts_for_which_no_slot_is_left_fill_the_first() -> None:
    header = ["E-mail", "E-mail 1 - Value", "E-mail 2 - Value", "E-mail 3 - Value"]
    found = recognise(["Name", *header], {}).columns
    assert [found[column].field for column in header] == ["email", "email?", "email_2", "email_3"]


def test_further_addresses_are_known_by_their_values() -> None:
    own = [f"person{at}@mail.org" for at in range(40)]
    sample = {"E-mail": own, "Old CRM contact": own[::-1], "Owner": ["rep@firm.org"] * 40}
    sample["Spouse login"] = own[5:] + own[:5]
    found = recognise(["Name", *sample], sample).columns
    assert {column: found[column].field for column in found if column != "Name"} == {
        "E-mail": "email",
        "Old CRM contact": "email_2",
    }


@pytest.mark.parametrize(
    "header", ["MESSAGE", "PACKAGE", "TAXRATE", "PAGENAME", "PHONETYPE", "BRANCHNAME", "LSTPAYAM"]
)
def test_glued_words_that_say_nothing_of_people_are_left_alone(header: str) -> None:
    assert meaning_of(header, "customers") is None


def test_a_prefix_is_what_its_values_are() -> None:
    header = ["first_name", "prefix", "surname"]
    sample = {
        "first_name": ["Jan", "Eva"],
        "prefix": ["van de", "de"],
        "surname": ["Berg", "Vries"],
    }
    assert recognise(header, sample).columns["prefix"].field == "family_name"
    sample["prefix"] = ["Dr", "Mrs"]
    assert recognise(header, sample).columns["prefix"].field == "prefix"


@pytest.mark.parametrize("header", ["IsPersonAccount", "has_opted_out_of_email", "Is Company"])
def test_yes_or_no_is_no_value(header: str) -> None:
    assert meaning_of(header, "customers") is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["Roe, Jane", "ACME LLC", "Bob Poe", "Ann B. Doe"], "full_name"),
        (["C-1004", "C-1005", "C-1006"], None),
        (["VIP", "New", "Lapsed", "VIP"], None),
    ],
)
@pytest.mark.parametrize("header", ["Customer", "Guest", "Kunde"])
def test_a_column_called_by_whose_it_is_is_a_name_where_names_stand_in_it(
    header: str, values: list[str], field: str | None
) -> None:
    columns = {header: values, "First Name": ["Jane"], "Last Name": ["Roe"]}
    found = recognise(list(columns), columns).columns
    assert (found[header].field if header in found else None) == field
    assert found["First Name"].field == "given_name"


@pytest.mark.parametrize("kind", ["customers", *ACTIVITY])
def test_every_known_header_is_recognised_whatever_stands_below_it(kind: str) -> None:
    for header in {**words_of(kind), **address_words()}:
        for values in (["Jane", "Joe", "Ann"], ["12", "13", "14"], ["1971-06-24"] * 3, [None]):
            found = recognise([header], {header: values}, kind=kind)
            assert set(found.columns) | set(found.unmapped) == {header}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("NM104 First Name", "given_name"),
        ("310-CA Patient First Name", "given_name"),
        ("N401 City", "city"),
        ("304-C4 Date of Birth", "birth_date"),
        ("Q3. What is your e-mail?", "email"),
        ("Please give your legal first name", "given_name"),
        ("SITUS_CITY", "city"),
        ("Account Title", "full_name"),
        ("GEBDAT", "birth_date"),
        ("F_NACIM", "birth_date"),
        ("APELLIDO_P", "family_name"),
        ("DAT_RODJENJA", "birth_date"),
        ("NAZW", "family_name"),
        ("CSRQ", "birth_date"),
        ("denwa_no", "phone"),
    ],
)
def test_codes_before_words_and_words_that_were_cut(header: str, field: str) -> None:
    meaning = meaning_of(header, "customers")
    assert meaning is not None
    assert meaning.field == field


@pytest.mark.parametrize("header", ["NM109", "Q3", "Q3. How likely are you to recommend us?"])
def test_a_code_alone_says_nothing(header: str) -> None:
    assert meaning_of(header, "customers") is None


def test_names_of_tables_that_stand_in_one_are_all_taken() -> None:
    """An order has a billing name, a subscriber a first name, and no row has both."""
    columns = ["billing_first_name", "billing_last_name", "First Name", "Last Name", "E-mail"]
    rows = [
        *[("Ann", "Roe", None, None, "a@example.com")] * 3,
        *[(None, None, "Joe", "Poe", "b@example.com")] * 2,
    ]
    sample = dict(zip(columns, zip(*rows, strict=True), strict=True))
    found = {name: target.field for name, target in recognise(columns, sample).columns.items()}
    assert found["First Name"] == "given_name"
    assert found["Last Name"] == "family_name"
    assert found["billing_first_name"] == "given_name?"
    assert found["billing_last_name"] == "family_name?"
    later = {name: values[:3] for name, values in sample.items()}  # subscribers stand below
    found = {name: target.field for name, target in recognise(columns, later).columns.items()}
    assert found["billing_first_name"] == "given_name"
    assert found["First Name"] == "given_name?"


def test_names_of_two_people_in_a_row_are_not_mixed() -> None:
    columns = ["First Name", "Last Name", "shipping_first_name", "shipping_last_name"]
    rows = [("Ann", "Roe", "Joe", "Poe"), ("Eve", "Doe", None, None), (None, "Roe", "Max", "Poe")]
    sample = dict(zip(columns, zip(*rows, strict=True), strict=True))
    assert list(recognise(columns, sample).columns) == ["First Name", "Last Name"]
