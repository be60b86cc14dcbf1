"""What columns are called: header words, normalised, and the field they mean.

A header is looked up whole first. Failing that it is taken apart: whose it is
(:data:`PERSON`), which of several (:data:`CONTEXT`), and what remains.
"""

from __future__ import annotations

CUSTOMER: dict[str, str] = {
    "external_id": "customer id|id|cust id|client id|user id|contact id|record id|rec id|unique id|"
    "unique external id|customer number|customer no|customer key|member id|account number|username|"
    "leid|会员号|会员编号|会员id|会员卡号|客户编号|客户号|客户id|用户id|用户编号|买家会员名|"
    "下单帐号|下单账号|买家账号|uid|guid|uuid|lead id|party id|customer code|external id|"
    "business partner|partner|bp number|kunnr|customer ref|customer reference|patient num|"
    "party key|row key|party id|cif id|cif no",
    "full_name": "full name|name|customer name|contact name|display name|client name|姓名|"
    "真实姓名|名字|客户姓名|客户名称|会员姓名|买家姓名|收货人姓名|收件人姓名|收货人|收件人|联系人|"
    "联系人姓名|account holder|account holder name|policy holder|policy holder name|name on card|"
    "card holder|card holder name|contact person|full legal name|name full|first and last name|"
    "first last name|first name last name|last name first name|booked by|fn|cn|name line 1|"
    "name line|reported name|name 1|party name|name full formatted|formatted name|account title|"
    "acct title|title of account|acc holder name|ac name|name of account holder|name of account|"
    "registered owner|tenant name|debtor name|elector name|head of household|lead passenger|"
    "primary insured|individual name|name on account|name as per id|name as per nric|"
    "name as in passport|name in english|客户名|持卡人姓名|投保人姓名|被保险人姓名|xm|sort name|"
    "sortable name|formal name|envelope name|addressee|entity name|grantee name|defendant name|"
    "inmate name|candidate name|payroll name|file as|e mail display name|email display name|"
    "name last first mi|name last first|name 1 text|patrn name|patron name",
    "prefix": "prefix|name prefix|salutation|honorific|称谓",
    "given_name": "given name|first name|first|name first|name given|forename|christian name|"
    "fname|first nm|f name|given|forenames|first names|given names|fname c 1|名|name frst|"
    "namefrst|pid 5 2|n given|1st name|christian names",
    "middle_name": "middle name|middle|additional name|second name|middle initial|middle nm|mname|"
    "m name|midl name|mi|middle names|fname c 2|name middle|pid 5 3|middle i|name mi|mi name",
    "family_name": "family name|last name|last|name last|name family|surname|lname|last nm|l name|"
    "last names|surnames|lname c 1|姓|姓氏|name last|pid 5 1|n family|sn",
    "full_name_2": "alias|aliases|aka|also known as|former name|"
    "previous name|name kana|kana name|kana|furigana|romaji|pinyin|name pinyin|transliteration|"
    "transliterated name|拼音|姓名拼音|英文名|英文姓名|曾用名",
    "other_names": "other name|other names|other given names|other forenames",
    "given_name_2": "preferred name|preferred first name|known as|nickname|nick name|goes by|"
    "call name|first name kana|preferred first|preferred|preferred fname|preferred given name|"
    "preferred first name",
    "family_name_2": "maiden name|maiden|birth name|birth surname|surname at birth|"
    "last name at birth|family name at birth|previous surname|prev surname|previous last name|"
    "prev last name|previous family name|former surname|former last name|former family name|"
    "maiden surname|other surname|other last name|nee|last name kana|family name kana|"
    "prior last name|prior lname|prior surname|prior family name|prior name|previous lname|"
    "former lname",
    "initials": "initials",
    "name_line_2": "name line 2",
    "name_particle": "name particle|surname prefix|family name prefix|last name prefix",
    "second_family_name": "second surname|second last name|second family name|maternal surname|"
    "surname 2|last name 2|lname c 2",
    "suffix": "suffix|name suffix|name sufx|name sufx cd|suffix name|generational suffix|"
    "name generation|name ext|name extension|extension name|ext name|ext|suffix code",
    "birth_date": "birth date|birthdate|birthday|date of birth|dob|born|date birth|birth dt|bday|"
    "生日|出生日期|出生年月|bdate|b date|born on|birth|birthday date|pid 7|dob inc|dob doi|"
    "when were you born|birth dt tm|birth date time|birth datetime",
    "birth_year": "birth year|year of birth|yob|birth yr|dob year|birth date year|year born|by|"
    "出生年|出生年份",
    "birth_month": "birth month|month of birth|birth mo|birth mon|dob month|birth date month|bm|"
    "出生月|出生月份",
    "birth_day": "birth day|day of birth|dob day|birth date day|bd",
    "birth_place": "birth place|birthplace|place of birth|birth city|city of birth|birth town|"
    "town of birth|birth parish|parish of birth|birth village|village of birth|birth district|"
    "birth state|state of birth|birth country|country of birth|birth county|county of birth|出生地|"
    "bpl",
    "relative": "father name|grandfather name|father|fathers name|father full name|"
    "father husband name|father spouse name|father guardian name|father or husband name|"
    "husband name|husband|mother name|mother|mothers name|mother full name|mother maiden name|"
    "mothers maiden name|maiden name of mother|guardian name|guardian|parent name|parent guardian|"
    "parent guardian name|guarantor name|guarantor|spouse name|spouse|relative name|relation name|"
    "父亲姓名|母亲姓名|监护人|监护人姓名|配偶姓名|父母姓名|name of father|name of mother|mmn|"
    "s o d o w o|so do wo|father s name husband s name",
    "age": "age|birth age|年龄|age in years|age yrs|age yr",
    "gender": "gender|sex|gender code|sex code|性别|gender identity|sex at birth|birth sex|m f|"
    "sex c|gender c|pid 8|sex mf|xb",
    "language": "language|locale|preferred language|browser language|语言",
    "email": "email|e mail|email address|e mail address|mail|mail address|e mail 1 value|"
    "email addr|email id|e mail id|邮箱|邮箱地址|电子邮箱|电子邮件|邮件|邮件地址|login email|"
    "account email|paypal email|from email address|sender email|smtp addr|"
    "additional email addresses|additional email|additional emails|other emails|emails|all emails|"
    "old email|previous email|mail id|mailid",
    "email_2": "e mail 2 value|e mail 2 address|email 2|second email|alternate email|"
    "secondary email",
    "email_3": "e mail 3 value|e mail 3 address|email 3",
    "phone": "mobile|mobile phone|mobile number|mobile phone number|cell|cell phone|cellphone|"
    "cell number|phone mobile|phone cell|sms|phone 1 value|phone|phone number|telephone|"
    "telephone number|tel|contact number|phone no|phone num|phone nbr|ph no|ph num|tel no|tel num|"
    "tel number|telephone no|msisdn|mob|mob no|mob number|mobile nr|landline|alt contact|"
    "mobile no|mobile num|cell no|contact no|full phone number|手机|手机号|手机号码|移动电话|"
    "联系手机|收件人手机号|收货人手机|收货人手机号|收件人手机|电话|电话号码|联系电话|联系方式|"
    "固定电话|收货人电话|收件人电话|full phone num|full phone|phone nos|alternate no|"
    "alternate number|alt no|alt number|whatsapp|whatsapp number|whatsapp no|mobile tel|home tel|"
    "home phone number|cell phone number|daytime phone|day phone|evening phone|best phone|"
    "sms number|ph h|ph m|ph w|ph b|ph mob|ph home|telf 1|telf 2|pid 13|wireless phone|ctc mob|"
    "cbr|ctn|phones|telephones|phone numbers|additional phone|additional phones|other phones|"
    "all phones|old phone|previous phone|btn|wtn|phone second|phone 2nd|phone e 164|e 164|"
    "uk telephone number|cphone|hphone|wphone|viber",
    "phone_2": "phone 2 value",
    "phone_3": "phone 3 value",
    "street": "地址|收货地址|详细地址|客户地址|联系地址|通讯地址|街道地址|家庭住址|收件地址",
    "city": "城市|市|所在城市|收货城市",
    "region": "省|省份|所在省份|省市",
    "postcode": "邮编|邮政编码|收货邮编",
    "country": "cc|国家|国家地区",
    "national_id": "national id|id no|id number|id num|ssn|social security number|soc sec id|"
    "government id number|social security no|national insurance number|nino|passport|"
    "passport number|passport no|身份证|social security|social insurance number|nhs number|nhs no|"
    "nhs num|nhs id|chi number|chi no|health card number|health number|medicare number|aadhaar|"
    "aadhar|aadhaar number|aadhar number|aadhaar no|aadhar no|nric|nric no|nric fin|mykad|"
    "ic number|ic no|cnic|cnic number|cnic no|hkid|emirates id|emirates id number|civil id|"
    "civil id number|civil id no|iqama|iqama number|iqama no|iqama id|resident id|"
    "national id number|national id no|national identity number|national number|identity number|"
    "identity card number|identity card no|id document number|citizen id|personal id number|"
    "personal identity number|personal identification number|national identification number|bvn|"
    "nin|tfn|poi number|poa number|id proof number|id proof|proof of identity number|"
    "id document no|身份证号|身份证号码|证件号码|证件号|id card number|id card no|ssn last 4|"
    "last 4 ssn|ssn 4|ssn last four|ni number|government id|personal number|identification number|"
    "id card|document number|document no|sin|pid 19|nid|nid no|ppt no|id passport no|"
    "national id last 4|national id 4|ssn last 4|id last 4|national id l 4|last four digit ssn|"
    "last four ssn|ssn last 4 digits|last 4 of ssn|last four of ssn|soc security num|"
    "soc security no|soc sec num|legal id|nic|hkid no|證件號碼",
    "tax_id": "tax id|taxpayer id|tax identification number|tin|pan|pan number|pan no|pan card|"
    "gstin|gst number|ein|abn|vat number|vat id|tax number|tax vat number|税号|tax vat|kra pin|"
    "jgzz fiscal code|fiscal code|taxpayer number|customer tax id|cust tax id|client tax id",
    "account": "loyalty number|loyalty no|loyalty id|loyalty card|loyalty card number|"
    "loyalty card no|loyalty account|rewards number|rewards id|rewards card|club card|club number|"
    "clubcard|membership number|membership no|membership id|member no|member number|"
    "frequent flyer number|frequent flyer no|frequent flyer|ffn|ff number|ff no|ffp number|ffp no|"
    "miles card|barcode|library card|library card number|policy number|policy no|policy id|"
    "insurance number|insurance no|insurance id|insured number|contract number|contract no|"
    "contract id|iban|bank account|bank account number|bank account no|mrn|medical record number|"
    "medical record no|chart number|chart no|driver license|drivers license|driver licence|"
    "driving licence|driving license|driver s license|driver s licence|driver license number|"
    "drivers license number|driver licence number|driving licence number|licence number|"
    "license number|student id|student number|student no|voter id|voter registration number|ncid|"
    "linkedin|linkedin url|linkedin profile|linkedin profile url|linkedin id|twitter|"
    "twitter handle|x handle|instagram|instagram handle|facebook|facebook url|facebook id|github|"
    "skype|skype id|telegram|wechat|wechat id|line id|qq|handle|social handle|screen name|"
    "profile url|social profile|微信|微信号|qq号|会员卡|card number|card no|customer card|"
    "employee id|employee number|employee no|contract account|vkont|voter reg no|sos voter id|"
    "sos voterid|vuid|vuid no|vuidno|mrn id|pol no|pol num|pol nbr|sss|sss no|sss gsis|gsis|"
    "philhealth no|pagibig no|dl no|dl number|driver license no|policy no|iban last 4|"
    "account last 4|bank account last 4|card last 4|last 4",
    "company": "company|company name|organization|organization name|organisation|organisation name|"
    "account name|associated company|employer|business name|公司|公司名称|单位|单位名称|企业名称|"
    "firm|business|workplace|place of work|employer name|institution|name org|org name|"
    "name of organization|account",
    "occupation": "occupation|profession|job title|job|职业|职位|职务|position|designation|"
    "title job",
    "purchase_count": "purchase count|orders|total orders|payment count|order count|orders count|"
    "number of orders|historic number of orders|transaction count|购买次数|消费次数|累计消费次数|"
    "交易笔数|累计消费订单数",
    "purchase_amount": "purchase amount|total spent|total spend|lifetime spend|lifetime value|"
    "customer lifetime value|historic customer lifetime value|消费金额|累计消费金额|总消费金额|"
    "消费总额|交易总额",
    "tags": "tags|tag|labels|group membership|标签|客户标签",
    "notes": "notes|note|memo|comments|remarks|备注|客户备注",
    "published": "updated at|modified time|last modified date|last changed|last modified|updated|"
    "modified|last update|last updated|update time|updated time|updated on|modified on|"
    "modified at|date modified|date updated|更新时间|修改时间|最后修改时间|created at|create date|"
    "created|created utc|created date|created on|created time|create time|date created|"
    "creation date|added time|date added|date joined|join date|optin time|sign up|signed up|"
    "signup date|registered|registration date|reg date|date registered|activation date|"
    "date of activation|enrolment date|enrollment date|enrolled|enrolled on|member since|"
    "customer since|date opened|opened on|account opened|record date|snapshot date|survey date|"
    "注册时间|创建时间|成为客户时间|入会时间|加入时间|census year|year of census|"
    "enumeration year|census date|snapshot year|survey year|reference year|data year|"
    "collection year|record year|as of|as of date|extract date|export date",
}
ADDRESS: dict[str, str] = {
    "street": "street|address|street address|address line|street address line|address 1 2|"
    "street name|addr|addr line|road|address lines|street line|full address|address full|"
    "postal address|permanent address|physical address|registered address|legal address|"
    "correspondence address|property address|location address|residence|stras|pid 11 1|"
    "present address|house lot blk street|house no street|house lot block street|地址",
    "line_2": "apartment|apt|apt no|apartment number|unit no|unit number|suite|flat|flat no|unit|"
    "building|building name|house name|str suppl|street suppl|street supplement|house num 2|"
    "house number supplement|supplement",
    "number": "street number|house number|house no|house num|street no|building number",
    "city": "city|town|suburb|locality|city town|town city|city name|town name|city desc|village|"
    "municipality|post town|parish|ort 01|pid 11 3|thana|upazila|tehsil|taluk|taluka|lga|"
    "district|city village|town country",
    "region": "region|state|province|st cd|st code|state province|state region|state code|"
    "province code|province name|state county|state cd|state name|state abbr|region name|county|"
    "county name|state or province|stateorprovince|pid 11 4|governorate",
    "postcode": "postcode|post code|postal code|zip|zip code|zipcode|zip postal code|"
    "postal zip code|postal|zip 5|zip code 5|pin code|pincode|post cd|eircode|zip postal|p code|"
    "pstlz|pid 11 5|postcode of usual address",
    "country": "country|country region|country code|country name|nation",
}
# Whose a column is, where the rest of its name says what it is.
PERSON = frozenset(
    "cust customer client contact person buyer user subscriber consumer reviewer requester shopper "
    "guest member profile patient holder donor constituent policyholder insured cardholder "
    "applicant borrower passenger traveller traveler attendee participant registrant delegate "
    "resident occupant student pupil alumnus alumni voter taxpayer citizen beneficiary "
    "enrollee supporter pax employee payee patron".split()
)
# Phones that are one's own, and those of a home or of an office, which others answer too.
MOBILE = frozenset(
    "mobile mobil mobilnr mob cell cellphone cel celular cellulare movil portable gsm handy natel "
    "cep hp handphone kom sms whatsapp msisdn wireless moby mobitel telemovel mobiel gsmnummer m "
    "моб мобильный мобильного мобільний сотовый κινητο farsimi celulari cellulaire bimbit "
    "мобилни мобилен მობილური բջջային".split()
)
LANDLINE = frozenset(
    "landline fixed fixe fijo fisso fixo home house casa residencial domicile domicilio stac "
    "stacjonarny festnetz fest vast fix fiks fiksni work office business trabajo travail "
    "alternate alternative alt other second secondary evening daytime day ev is h w b p g "
    "contact домашний дом раб рабочий городской стационарный σταθ σταθερο дод додатковий "
    "доп".split()
)
NOT_MOBILE = tuple(
    "固定 自宅 市話 일반 자택 집전화 유선 집 البيت المنزل בית עבודה נוסף บ้าน".split()
)
"""The same within words that no blanks part."""
# Which of several, the one that is most the customer's own first.
CONTEXT: dict[str, str] = {
    **dict.fromkeys(("default", "primary", "main", "preferred", "current"), ""),
    **dict.fromkeys(("mailing", "po", "post"), "mailing"),
    **dict.fromkeys(
        "home private personal residential residence res perm usual service premise "
        "premises property situs reg registered registration".split(),
        "home",
    ),
    **dict.fromkeys(("billing", "bill", "payer", "card"), "billing"),
    **dict.fromkeys(("business", "work", "office"), "work"),
    **dict.fromkeys(("shipping", "ship", "delivery", "recipient", "receiver", "sa"), "shipping"),
    **dict.fromkeys(("other", "alternate", "alternative", "alt", "secondary", "risk"), "other"),
}
ORDER = ("", "mailing", "home", "1", "billing", "work", "shipping", "other", "2")
FILLERS = frozenset(
    "what s is are your the please enter give provide tell us best utc gmt of de do da du d del "
    "della dello des der di 0 telecom identities attributes properties reported".split()
)
# How a column was made from another of the same meaning.
MADE = frozenset(
    "raw clean cleaned original orig std standardised standardized normalised normalized masked "
    "anonymised anonymized fake synthetic lbl desc txt tx legal e164 yyyymmdd ddmmyyyy "
    "mmddyyyy".split()
)
ABBREVIATIONS = {
    "nm": "name", "nme": "name", "dt": "date", "dte": "date", "cd": "code", "ph": "phone",
    "phn": "phone", "fon": "phone", "tel": "telephone", "mob": "mobile", "cel": "cell",
    "add": "address", "addr": "address", "adr": "address", "ln": "line", "lne": "line",
    "gndr": "gender", "gen": "gender", "sx": "sex", "mbr": "member", "memb": "member",
    "sbscr": "subscriber", "sub": "subscriber", "subscr": "subscriber", "cst": "customer",
    "cstmr": "customer",
    "clnt": "client", "pt": "patient", "pat": "patient", "ptnt": "patient", "pers": "person",
    "prsn": "person", "emp": "employee", "fst": "first", "frst": "first", "lst": "last",
    "mid": "middle", "mdl": "middle", "mddl": "middle", "sfx": "suffix", "suff": "suffix",
    "pfx": "prefix", "eml": "email", "cty": "city", "brth": "birth", "bth": "birth",
    "pstl": "postal", "pst": "postal", "cntry": "country", "ctry": "country", "prov": "province",
    "strt": "street", "str": "street", "hse": "house", "bldg": "building", "occ": "occupation",
    "empl": "employer", "org": "organization", "ntnl": "national", "nat": "national",
    "natl": "national", "pref": "preferred",
    "prim": "primary", "suppl": "supplement", "alt": "alternate", "sec": "secondary",
    "guar": "guarantor", "doc": "document", "hm": "home", "wk": "work", "ctc": "contact",
    "acct": "account", "svc": "service", "cli": "client", "clie": "client",
    "fam": "family", "giv": "given", "sur": "surname", "nbr": "number", "nmbr": "number",
    "num": "number", "cde": "code", "typ": "type", "stat": "state", "natn": "country",
    "lgl": "legal", "bus": "business", "rptd": "reported", "prty": "party", "ma": "mailing",
    "mlg": "mailing", "ml": "mailing", "res": "residence", "telno": "telephone number",
    "ad": "address", "lic": "license", "drv": "driver", "cont": "contact", "prv": "previous",
    "prev": "previous", "cnty": "county", "spse": "spouse", "sps": "spouse", "guard": "guardian",
    "hsehld": "household", "cntct": "contact", "cust": "customer", "custmr": "customer",
    "addrs": "address", "adrs": "address", "adress": "address", "zp": "zip", "zipcd": "zip code",
    "emal": "email", "pol": "policy", "plcy": "policy", "insd": "insured", "insrd": "insured",
    "lstnm": "last name", "fstnm": "first name", "surnm": "surname", "gvn": "given",
    "brthdt": "birth date", "yr": "year", "mo": "month", "mth": "month", "dy": "day",
    "lg": "language", "lang": "language", "init": "initial", "intl": "initial", "cl": "cell",
    "tl": "telephone",
}  # fmt: skip
"""How names of columns in databases are shortened → the words."""
