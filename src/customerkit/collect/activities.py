"""What columns of purchases, browsing, reviews and feedback are called, as normalised words."""

from __future__ import annotations

_COMMON = {
    "sku": "sku|stock code|stockcode|product id|product code|item id|item code|item number|"
    "item sku|lineitem sku|properties sku|商品编号|商品id|商家编码|商品编码|货号",
    "product": "product|product name|product title|item|item name|item title|lineitem name|"
    "商品|商品名称|商品标题|宝贝标题|宝贝名称|选购商品|产品名称|品名",
    "category": "category|product category|department|topic|类别|分类|商品分类",
    "occurred": "date|time|timestamp|occurred|occurred at|event time|event timestamp|order date|"
    "order time|invoice date|invoicedate|purchase date|sale date|transaction date|created at|"
    "date created|created|paid at|订单创建时间|下单时间|下单日期|订单提交时间|成交时间|付款时间|"
    "支付时间|日期|时间",
}
ACTIVITY: dict[str, dict[str, str]] = {
    "purchases": {
        **_COMMON,
        "product": f"{_COMMON['product']}|description|item description",
        "purchase_id": "order id|order number|order no|order|invoice|invoice no|invoiceno|"
        "invoice number|invoice id|transaction id|purchase id|receipt number|"
        "订单编号|订单号|主订单编号|主订单号",
        "quantity": "quantity|qty|units|lineitem quantity|item quantity|quantity purchased|"
        "quantity ordered|quantity refund|宝贝总数量|数量|商品数量|购买数量|订购数量|件数",
        "unit_price": "unit price|unitprice|price|lineitem price|item price|item cost|"
        "price each|sale price|sold for|单价|商品单价|商品价格|价格|京东价",
        "amount": "amount|line total|line amount|买家实际支付金额|实付金额|总金额|金额",
        "currency": "currency|currency code|币种",
        "status": "status|financial status|order status|订单状态",
    },
    "browsing": {
        **_COMMON,
        "session": "session|session id|visit id|anonymousid|anonymous id",
        "event": "event|event type|event name|action|type",
        "url": "url|page|page url|page location|properties url|path",
        "device": "device|device type|device category|user agent",
    },
    "reviews": {
        **_COMMON,
        "rating": "rating|stars|star rating|score|review rating|review stars|评分",
        "title": "title|headline|review title|标题",
        "text": "text|review|comment|body|review text|review content|review body|评论|评价",
        "occurred": f"{_COMMON['occurred']}|review date|review created|submitted at|评价时间",
    },
    "feedback": {
        **_COMMON,
        "kind": "kind|type|feedback type",
        "text": "text|message|comment|body|content|description|complaint|内容",
        "status": "status|state|状态",
        "solved_at": "solved at|resolved at|closed at|解决时间",
    },
}
TELLING: dict[str, frozenset[str]] = {
    "purchases": frozenset({"purchase_id", "quantity", "unit_price"}),
    "browsing": frozenset({"event", "session", "url"}),
    "reviews": frozenset({"rating", "text"}),
    "feedback": frozenset({"text", "kind", "solved_at"}),
}
# Words that tables of all kinds have; they do not tell what a table holds.
WEAK = frozenset("type description order page action state status body by bm bd".split())
