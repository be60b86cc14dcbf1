"""What columns are called in Asia beyond Turkey; Latin letters without accents.

Japanese, Korean, traditional Chinese, Vietnamese, Indonesian and Malay, Thai, Arabic, Hebrew and
Persian; simplified Chinese stands beside English, in synonyms.py.
"""

from __future__ import annotations

CUSTOMER: dict[str, str] = {
    "external_id": "会員番号|顧客番号|顧客id|顧客コード|お客様番号|お客様id|得意先コード|"
    "会員コード|고객번호|고객id|회원번호|회원id|아이디|會員編號|會員卡號|客戶編號|客戶代號|"
    "顧客編號|ma khach hang|ma kh|id pelanggan|nomor pelanggan|no pelanggan|kode pelanggan|"
    "รหัสลูกค้า|رقم العميل|كود العميل|מספר לקוח|کد مشتری|شماره مشتری|מס רשומה|מספר לקוח|מס לקוח|"
    "מספר חבר|รหัสลูกค้า|เลขที่ลูกค้า",
    "full_name": "氏名|お名前|名前|フルネーム|顧客名|会員名|お客様名|お客様氏名|氏名漢字|担当者名|"
    "患者名|이름|성명|성함|고객명|고객이름|회원명|수취인|받는사람|會員姓名|客戶姓名|客戶名稱|"
    "聯絡人|收件人姓名|ho ten|ho va ten|ten khach hang|ten day du|ten kh|nama|nama lengkap|"
    "nama pelanggan|nama penuh|ชื่อ นามสกุล|ชื่อลูกค้า|ชื่อเต็ม|الاسم|الاسم الكامل|اسم العميل|"
    "الاسم الثلاثي|الاسم الرباعي|שם מלא|שם לקוח|שם הלקוח|שם|نام کامل|نام و نام خانوادگی|نام مشتری|"
    "ten|ชื่อ|نام|नाम|पूरा नाम|ग्राहक का नाम|中文姓名|家長姓名|الاسم بالكامل|성명 국문|ชื่อ สกุล|"
    "ชื่อ สกุล ไทย|ชื่อ สกุล ภาษาไทย|ชื่อและสกุล|ชื่อ นามสกุล|患者氏名|수령인|수령인명|"
    "اسم المشترك|र ग क न म|nama pasien|nama pesakit|nama pemegang|shimei|환자명",
    "prefix": "敬称|호칭|稱謂|danh xung|sapaan|คำนำหน้า|คำนำหน้าชื่อ|اللقب التشريفي|תואר|عنوان",
    "given_name": "お名前 名|氏名 名|ファーストネーム|下の名前|이름 명|ten goi|nama depan|"
    "ชื่อจริง|الاسم الأول|שם פרטי|نام کوچک|पहला नाम|shem prati",
    "middle_name": "ミドルネーム|ten dem|ten lot|nama tengah|ชื่อกลาง|اسم الأب|שם אמצעי|שם האב|"
    "اسم الجد|grand nm ar",
    "family_name": "名字 姓|苗字|氏|お名前 姓|氏名 姓|성|성씨|ho|nama belakang|nama keluarga|"
    "นามสกุล|اسم العائلة|الكنية|اللقب|שם משפחה|نام خانوادگی|उपनाम|कुलनाम|shem mishp|"
    "nam khanevadegi|ho dem",
    "full_name_2": "フリガナ|ふりがな|カナ|カナ氏名|氏名カナ|氏名 カナ|氏名フリガナ|氏名 フリガナ|"
    "お名前カナ|お名前 カナ|お名前フリガナ|お名前 フリガナ|読み仮名|よみがな|ヨミガナ|ローマ字|"
    "氏名ローマ字|英文氏名|英語名|영문명|영문이름|영문성명|한자이름|한자명|英文名字|"
    "الاسم بالإنجليزية|الاسم بالانجليزية|الاسم بالعربية|الاسم بالعربي|اسم الشهرة|שם באנגלית|"
    "ชื่อ สกุล eng|ชื่อ สกุล อังกฤษ|ชื่อ สกุล ภาษาอังกฤษ|ชื่อภาษาอังกฤษ|ชื่อ อังกฤษ|שם באנגלית",
    "given_name_2": "メイ|名カナ|名 カナ|名フリガナ|名 フリガナ|めい",
    "family_name_2": "セイ|姓カナ|姓 カナ|姓フリガナ|姓 フリガナ|せい|旧姓|原姓",
    "birth_year": "生まれ年|生年|출생년도|출생연도|태어난 해|nam sinh|tahun lahir|"
    "سنة الميلاد|שנת לידה|ปีเกิด",
    "birth_month": "生まれ月|生月|출생월|thang sinh|bulan lahir|شهر الميلاد|חודש לידה|เดือนเกิด",
    "birth_day": "生まれ日|태어난 날",
    "birth_date": "生年月日|誕生日|お誕生日|생년월일|생일|출생일|出生年月日|出生日|ngay sinh|"
    "ngay thang nam sinh|tanggal lahir|tgl lahir|tarikh lahir|วันเกิด|วันเดือนปีเกิด|"
    "تاريخ الميلاد|تاريخ الولادة|תאריך לידה|יום הולדת|تاریخ تولد|जन्म तिथि|जन्मतिथि|जन्म दिनांक|"
    "brthdy|วัน เดือน ปีเกิด|ว ด ป เกิด|วดป เกิด|ת לידה|ת ל|tar leida|تاريخ الميلاد هـ|dob hijri|"
    "dob greg|tarikh tavalod|janm tithi|ngay sinh nhat|tempat tgl lahir|tkh lahir|csrq|birth roc|"
    "seinengappi|brth ymd",
    "birth_place": "出生地|出身地|출생지|noi sinh|tempat lahir|สถานที่เกิด|مكان الميلاد|מקום לידה|"
    "محل تولد|ארץ לידה|محل الميلاد|tmp lahir",
    "relative": "保護者|保護者名|保護者氏名|父親姓名|母親姓名|監護人|監護人姓名|보호자|보호자명|"
    "보호자 성명|nama ibu|nama ibu kandung|nama gadis ibu|nama ayah|ho ten cha|ho ten me|ชื่อบิดา|"
    "ชื่อมารดา|اسم الاب|اسم الأب|اسم الوالد|اسم الام|اسم الأم|اسم الوالدة|שם האב|שם האם|نام پدر|"
    "نام مادر|पिता का नाम|पति का नाम|माता का नाम",
    "age": "年齢|年齡|나이|연령|tuoi|umur|usia|อายุ|العمر|גיל|سن",
    "gender": "性別|성별|gioi tinh|jenis kelamin|jantina|เพศ|الجنس|النوع|מין|מגדר|جنسیت|लिंग|"
    "sex se|jns kelamin|jenis kelamin|jensiat|性别码|seibetsu kbn",
    "language": "言語|語言|언어|ngon ngu|bahasa|ภาษา|اللغة|שפה|زبان",
    "email": "メールアドレス|メール|eメール|電子メール|이메일|이메일주소|이메일 주소|메일|"
    "전자우편|電子郵件|電子信箱|電郵|信箱|thu dien tu|dia chi email|alamat email|surel|emel|อีเมล|"
    "อีเมล์|البريد الإلكتروني|البريد الالكتروني|الايميل|דואר אלקטרוני|מייל|אימייל|דוא ל|ایمیل|"
    "پست الکترونیک|ईमेल|電郵|電郵地址|dzyx",
    "phone": "携帯電話|携帯電話番号|携帯番号|携帯|電話番号|電話|連絡先|連絡先電話番号|自宅電話|"
    "自宅電話番号|자택전화|자택전화번호|집전화|유선전화|일반전화|휴대폰|휴대폰번호|휴대전화|"
    "휴대전화번호|핸드폰|핸드폰번호|전화번호|전화|연락처|手機|手機號碼|行動電話|電話號碼|聯絡電話|"
    "聯絡方式|市話|so dien thoai|dien thoai|sdt|di dong|so di dong|nomor telepon|no telepon|"
    "telepon|no telp|no hp|nomor hp|hp|nomor handphone|handphone|telefon bimbit|no telefon|"
    "เบอร์โทร|เบอร์โทรศัพท์|เบอร์มือถือ|โทรศัพท์|มือถือ|الجوال|رقم الجوال|رقم الهاتف|الهاتف|"
    "الموبايل|رقم الموبايل|هاتف|טלפון|נייד|טלפון נייד|מספר טלפון|تلفن|موبایل|شماره موبایل|"
    "شماره تلفن|تلفن همراه|رقم الخط|رقم للتواصل|رقم التواصل|رقم آخر للتواصل|رقم اخر|رقم المحمول|"
    "تليفون|رقم التليفون|मोबाइल नंबर|मोबाइल|फ़ोन|फोन नंबर|手提電話|聯絡電話|mbtlnum|โทร บ้าน|"
    "เบอร์บ้าน|โทรศัพท์บ้าน|โทร|เบอร์โทรศัพท์มือถือ|טל נייד|טלפון סלולרי|סלולרי|פלאפון|טל|טל בית|"
    "טלפון בית|טל עבודה|טלפון נוסף|tel bimbit|tel rumah|telefon bimbit|telefon rumah|شماره تماس|"
    "tel nayad|المحمول|تليفون المنزل|tel sabet|म ब इल न|โทรศ พท ม อถ อ|so dt|no tel bimbit|lxdh|"
    "sjhm|tel o|tel h|pager mob|denwa no|keitai no",
    "national_id": "マイナンバー|個人番号|주민등록번호|주민번호|身分證字號|身份證字號|身分證|cccd|"
    "cmnd|so cmnd|so cccd|nik|no ktp|nomor ktp|no kp|เลขบัตรประชาชน|เลขประจำตัวประชาชน|رقم الهوية|"
    "الرقم القومي|תעודת זהות|ת ז|کد ملی|आधार संख्या|आधार नंबर|身份證號碼|身份證|מס זהות|מספר זהות|"
    "מס ת ז|เลขประจำตัว ปชช|เลขบัตร ปชช|เลขบัตร|شماره ملی|ktp|teudat zehut|شماره شناسنامه|"
    "code melli|uidai no|no kp baru|no kp lama|sfzh|身份证件号|香港身份證號碼",
    "tax_id": "法人番号|사업자등록번호|사업자번호|統一編號|統編|ma so thue|npwp|"
    "เลขประจำตัวผู้เสียภาษี|الرقم الضريبي|ח פ|עוסק מורשה",
    "account": "会員カード番号|カード番号|証券番号|契約番号|멤버십번호|멤버십 카드번호|"
    "카드번호|증권번호|ma thanh vien|so the|ma the|nomor anggota|no anggota|nomor kartu|"
    "หมายเลขสมาชิก|رقم العضوية|رقم البوليصة|رقم الوثيقة",
    "company": "会社名|会社|勤務先|企業名|会社名 団体名|회사|회사명|직장|직장명|公司名稱|單位|"
    "công ty|ten cong ty|perusahaan|nama perusahaan|syarikat|บริษัท|ชื่อบริษัท|الشركة|اسم الشركة|"
    "חברה|שם חברה|شرکت|نام شرکت",
    "occupation": "職業|役職|職種|職稱|직업|직위|nghe nghiep|pekerjaan|อาชีพ|المهنة|الوظيفة|"
    "מקצוע|עיסוק|شغل",
    "notes": "備考|メモ|備註|비고|메모|ghi chu|catatan|keterangan|หมายเหตุ|ملاحظات|הערות|توضیحات",
    "published": "登録日|登録日時|更新日|更新日時|入会日|가입일|등록일|수정일|註冊時間|更新時間|"
    "建立時間",
}
ADDRESS: dict[str, str] = {
    "street": "住所|ご住所|自宅住所|番地以降|町名番地|丁目番地|町域|주소|도로명주소|지번주소|"
    "배송지|聯絡地址|通訊地址|收件地址|街道|dia chi|duong|so nha duong|alamat|alamat rumah|jalan|"
    "ที่อยู่|ถนน|العنوان|الشارع|عنوان السكن|כתובת|רחוב|آدرس|نشانی|خیابان|पता|住址|家庭地址|"
    "기본주소|기본 주소|주소1|기본배송지|배송지|자택주소|ktovet|כתובת למשלוח|العنوان الوطني|"
    "محل الإقامة|ท อย จ ดส ง|dia chi tt|dia chi giao hang|alamat lengkap|alamat jalan|"
    "almt baris 1|现住址|jtzz|户口所在地|戶籍地址|chome banchi|basc addr",
    "line_2": "상세주소|나머지주소|建物名|部屋番号|建物名 部屋番号|マンション名|detail addr|"
    "detail address|addr detail|주소2|מס דירה|דירה|כניסה|ת ד|الدور الشقة|หม|moopart|almt baris 2|"
    "no unit|addr floor|室 樓 座|大廈名稱|bldg estate|tatemono|dtl addr",
    "number": "番地|번지|so nha|nomor rumah|no rumah|บ้านเลขที่|رقم المنزل|رقم البيت|מספר בית|"
    "מס בית|پلاک|מס בית|מספר בית|בית דירה|בית|رقم العقار|addrpart|addr no",
    "city": "市区町村|市町村|市区郡|도시|시군구|縣市|城市名|鄉鎮市區|thanh pho|quan huyen|kota|"
    "kota kabupaten|bandar|เมือง|อำเภอ|เขต|المدينة|עיר|ישוב|שם ישוב|شهر|शहर|नगर|所属城市|ישוב|"
    "יישוב|แขวง ตำบล|เขต อำเภอ|المركز القسم|shahr|amppart|kabupaten|地區|shikuchoson|시 군 구",
    "region": "都道府県|県|시도|광역시도|省市區|tinh|tinh thanh|tinh thanh pho|provinsi|negeri|"
    "จังหวัด|المنطقة|المحافظة|מחוז|استان|राज्य",
    "postcode": "郵便番号|우편번호|郵遞區號|郵政編碼|ma buu dien|ma buu chinh|kode pos|poskod|"
    "รหัสไปรษณีย์|الرمز البريدي|מיקוד|کد پستی|کدپستی|पिन कोड|पिनकोड|รหัส ปณ|รหัสปณ|mikud|yzbm|"
    "yubin",
    "country": "国名|국가|나라|國家|國別|quoc gia|negara|ประเทศ|الدولة|البلد|מדינה|ארץ|کشور",
}
# Words of a whole name, and of one part of it where another column holds the other.
LONE = frozenset("ten nama 名前 이름 ชื่อ الاسم שם نام".split())
