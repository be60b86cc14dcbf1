"""What columns are called: header words, normalised, and the field they mean."""

from __future__ import annotations

CUSTOMER: dict[str, str] = {
    "external_id": "id|customer id|cust id|client id|user id|contact id|record id|rec id|unique id|"
    "customer number|customer no|customer key|member id|username|leid|"
    "会员号|会员编号|客户编号|客户号|用户id|买家会员名",
    "full_name": "name|full name|customer name|contact name|display name|client name|姓名|名字|"
    "客户姓名|收货人姓名|联系人|billing name|shipping name",
    "prefix": "prefix|name prefix|salutation|honorific|称谓",
    "given_name": "given name|first name|firstname|forename|christian name|fname|名",
    "middle_name": "middle name|additional name|second name",
    "family_name": "family name|last name|lastname|surname|lname|姓|姓氏",
    "suffix": "suffix|name suffix",
    "birth_date": "birth date|birthdate|birthday|date of birth|dob|born|生日|出生日期|出生年月",
    "age": "age|年龄",
    "gender": "gender|sex|性别",
    "language": "language|locale|preferred language|语言",
    "email": "email|e mail|email address|e mail address|mail|e mail 1 value|primary email|"
    "邮箱|电子邮箱|电子邮件|邮件",
    "email_2": "e mail 2 value|e mail 2 address|email 2|second email|alternate email|"
    "secondary email",
    "email_3": "e mail 3 value|e mail 3 address|email 3",
    "phone": "phone|phone number|telephone|tel|mobile|mobile phone|cell|cell phone|phone 1 value|"
    "primary phone|sms|billing phone|contact number|手机|手机号|手机号码|电话|联系手机",
    "phone_2": "phone 2 value|home phone|phone 2|default address phone|shipping phone|联系电话",
    "phone_3": "phone 3 value|business phone|work phone|phone 3",
    "street": "street|address|address 1|address1|street address|address line 1|address 1 street|"
    "mailing street|home street|billing street|billing address1|default address address1|地址|"
    "收货地址|street number|address 2|address2|default address address2|address line 2",
    "city": "city|town|suburb|locality|address 1 city|mailing city|home city|billing city|"
    "default address city|城市|市",
    "region": "region|state|province|county|state province|address 1 region|mailing state|"
    "mailing state province|home state|billing province|default address province code|省|省份",
    "postcode": "postcode|post code|postal code|zip|zip code|zipcode|address 1 postal code|"
    "mailing postal code|mailing zip postal code|home postal code|billing zip|"
    "default address zip|邮编|邮政编码",
    "country": "country|country region|country code|address 1 country|mailing country|"
    "home country region|billing country|default address country code|cc|国家",
    "street_2": "business street|shipping street|shipping address1|other street",
    "city_2": "business city|shipping city",
    "region_2": "business state|shipping province",
    "postcode_2": "business postal code|shipping zip",
    "country_2": "business country region|shipping country",
    "national_id": "national id|ssn|social security number|soc sec id|government id number|身份证|"
    "身份证号",
    "tax_id": "tax id|vat number|vat id|tax number",
    "company": "company|organization|organization name|organisation|account name|"
    "associated company|employer|公司",
    "purchase_count": "purchase count|orders|total orders|payment count|order count",
    "purchase_amount": "purchase amount|total spent|total spend|lifetime value|消费金额",
    "tags": "tags|labels|group membership|标签",
    "notes": "notes|note|备注",
    "published": "updated at|modified time|last modified date|last changed|last modified|updated|"
    "modified|last update|更新时间|created at|create date|created|created utc|created date|"
    "added time|created time|optin time|sign up|注册时间",
}
_COMMON = {
    "sku": "sku|stock code|stockcode|product id|product code|item id|lineitem sku|properties sku|"
    "商品编号",
    "product": "product|product name|item|item name|description|lineitem name|"
    "商品|商品名称|宝贝标题",
    "category": "category|product category|department|topic|类别|分类|宝贝种类",
    "occurred": "date|time|timestamp|occurred|occurred at|event time|order date|invoice date|"
    "invoicedate|purchase date|created at|paid at|订单创建时间|日期|时间",
}
ACTIVITY: dict[str, dict[str, str]] = {
    "purchases": {
        **_COMMON,
        "purchase_id": "order id|order number|order no|invoice|invoice no|invoiceno|invoice id|"
        "transaction id|purchase id|receipt number|订单编号|订单号",
        "quantity": "quantity|qty|units|lineitem quantity|宝贝总数量|数量",
        "unit_price": "unit price|unitprice|price|lineitem price|item price|单价",
        "amount": "amount|line total|line amount|买家实际支付金额|总金额|金额",
        "currency": "currency|currency code|币种",
        "status": "status|financial status|order status|订单状态",
    },
    "browsing": {
        **_COMMON,
        "session": "session|session id|visit id|anonymousid|anonymous id",
        "event": "event|event type|event name|action|type",
        "url": "url|page|page url|properties url|path",
        "device": "device|device type|user agent",
    },
    "reviews": {
        **_COMMON,
        "rating": "rating|stars|score|评分",
        "title": "title|headline|标题",
        "text": "text|review|comment|body|review text|评论|评价",
    },
    "feedback": {
        **_COMMON,
        "kind": "kind|type|feedback type",
        "text": "text|message|comment|body|content|内容",
        "status": "status|state|状态",
        "solved_at": "solved at|resolved at|closed at|解决时间",
    },
}
TELLING: dict[str, frozenset[str]] = {
    "purchases": frozenset({"purchase_id", "quantity", "unit_price"}),
    "browsing": frozenset({"event", "session", "url"}),
    "reviews": frozenset({"rating"}),
    "feedback": frozenset({"text", "kind", "solved_at"}),
}
