/**
 * Headers as companies write them, Chinese and English, and the field each stands for. Compared without case, spaces, signs and
 * words in brackets; the first that fits and is not taken yet wins, so that what is narrower stands before what is wider.
 */
import type { SourceKind } from '../mapping.ts'

export type Synonyms = [field: string, pattern: RegExp][]

const PEOPLE: Synonyms = [
  ['consent.sms', /短信.*(同意|许可)|(ok|agree|consent|optin).*(text|sms)|sms.*(consent|optin)/],
  ['consent.email', /(邮件|邮箱).*(同意|许可)|(ok|agree|consent|optin).*mail|email.*(consent|optin)/],
  ['consent.call', /(电话|致电).*(同意|许可)|(ok|agree|consent|optin).*(call|phone)|(call|phone).*(consent|optin)/],
  ['consent.letter', /(信函|信件|邮寄).*(同意|许可)|(ok|agree|consent|optin).*(post|letter)|post.*(consent|optin)/],
  ['consent.at', /同意日期|consentdate|consentat/],
  ['consents', /^consents$/],
  [
    'account_no',
    /会员(卡)?(编)?号|会员id|卡号|账号|账户号|memberno|membernumber|memberid|membershipno|customerno|customernumber|loyalty(no|id|card)|accountno|accountnumber|cardno/,
  ],
  [
    'row_key',
    /客户(编号|代码|号|id)$|^(编号|序号|主键|流水号|档案号|用户编号|用户id|记录号)$|^(account|row|record|rec|customer|cust|contact|client|person|user|member)?(id|key|code)$|^(uid|uuid|guid|ref(erence)?(no)?|oneid)$/,
  ],
  ['kind', /(客户|会员|主体)(类型|类别|性质)|accounttype|customertype|clienttype|partytype/],
  ['contact_person', /联系人(姓名)?$|经办人|contactperson|contactname|attention|^attn$/],
  [
    'organisation',
    /(企业|公司|单位|机构|商户)(名称?|全称)?$|company(name)?$|organi[sz]ation(name)?$|^(firm|employer|business(name)?|orgname)$/,
  ],
  ['family_name', /^姓$|姓氏|familyname|lastname|surname|^(lname|last)$/],
  ['given_name', /^名$|名字|givenname|firstname|forename|^(fname|first)$/],
  ['full_name', /姓名|名称|客户名|称呼|昵称|^(full|display|customer|client|contact|person|member|user)?name$/],
  ['gender', /性别|性別|gender|^sex$|salutation|称谓/],
  ['birth_date', /出生(年月日|日期|年月)?$|生日|birth(day|date)?$|dateofbirth|^(dob|bday)$/],
  [
    'org_code',
    /信用代码|社会代码|组织机构代码|纳税人识别号|税号|uscc|creditcode|tax(code|id|no|number)|vat(no|number|id)?$|companyno|registration(no|number)/,
  ],
  [
    'id_number',
    /证件(号码?|编号)?$|身份证|身分證|护照|公民身份|idcard|idno|idnumber|identityno|nationalid|passport|socsecid|^ssn$/,
  ],
  [
    'mobile2',
    /(备用|其他|第二|紧急)(手机|电话|联系方式)|(手机|电话|移动电话)(号码?)?2|tel(ephone)?2|(mobile|cell|phone)(no|number)?2|altphone|otherphone|secondaryphone/,
  ],
  ['landline', /固定电话|固话|座机|(办公|家庭|住宅|单位)电话|landline|(home|office|work|business)(phone|tel)/],
  [
    'mobile',
    /手机|手機|移动电话|联系(电话|方式)|^电话(号码)?1?$|mobile|cell|^tel(ephone)?1?$|^phone(no|number)?1?$|phonenumber|telephone|msisdn/,
  ],
  ['email', /邮箱|电子邮件|电邮|e?mail1?$|emailaddress|^mail$/],
  ['postcode', /邮编|邮政编码|郵遞區號|post(al)?code|^zip/],
  ['address2', /(备用|收货|寄送|办公|第二)地址|address2|(delivery|shipping|work|mailing)address$/],
  ['country', /国家|国籍|country|nation(ality)?$/],
  ['province', /^省|省份|省市$|province|^state$|county$|^region$|自治区/],
  ['district', /区县|县区|^(区|县|行政区)$|district|^(suburb|borough)$/],
  ['city', /^(市|地市|城市|所在市|地级市)$|城市|^city$|town|address.city|municipality/],
  ['street', /详细地址|街道|地址1?$|住址|street|line1|^(home|postal|residential)?address1?$|^addr(ess)?1?$/],
  ['language', /语言|language|locale/],
  ['created_at', /建档|创建|注册(日期|时间)|开户|入会|created|firstcontact|registered|joined|signup/],
  ['updated_at', /更新|修改|变更(日期|时间)|updated|modified|lastchanged|lastcontact/],
]

const SALES: Synonyms = [
  [
    'invoice',
    /发票|单号|(订单|交易|流水)(号|编号|id)|小票|invoice(no|number|id)?$|^order(no|id|number)?$|receipt(no)?$|transaction(id|no)$/,
  ],
  ['line', /^(明细)?行(号|次)?$|^项次$|^line(no|number|item)?$|^item(no|seq)$/],
  [
    'product_code',
    /(商品|产品|物料|货品)(编码|编号|代码|号|id)|货号|条码|stockcode|(product|item|article)(code|no|number|id)|sku|barcode|^ean$|^upc$/,
  ],
  ['description', /(商品|产品|货品)名|品名|描述|description|productname|itemname/],
  ['quantity', /数量|件数|购买量|quantity|^qty$|^units?$|pieces/],
  ['unit_price', /单价|成交价|unitprice|^(item|unit|net|sale)?price$/],
  ['sold_at', /日期|时间|(invoice|order|sale|purchase|transaction)(date|time)|soldat|^date(time)?$|timestamp/],
  [
    'account_no',
    /会员|(客户|用户|买家)(编号|号|id)|卡号|customer(id|no|number)?$|member(no|id)|account(no|number)|clientid|userid/,
  ],
  ['country', /国家|country/],
  ['currency', /币种|currency/],
]

const PRODUCTS: Synonyms = [
  ['product_code', /编码|编号|货号|stockcode|productcode|sku|^code$/],
  ['name_zh', /中文名|namezh/],
  ['name_en', /英文名|nameen|^name$|^description$/],
  ['category_zh', /categoryzh|中文分类/],
  ['category_en', /categoryen|英文分类/],
  ['category', /^分类|类别|category(code)?$/],
  ['product_kind', /^kind$|^type$|类型/],
  ['list_price', /价格|售价|listprice|^price$/],
  ['unit_cost', /成本|cost/],
  ['currency', /币种|currency/],
]

const ATTRIBUTES: Synonyms = [
  ['row_key', /(answer|response|respondent|survey)(id|no)|答卷(编号|id)|问卷编号|序号|^id$/],
  ['account_no', /customer(no|id|number)|member(no|id)|account(no|number)|会员|客户(编号|号)|卡号/],
  ['email', /e?mail$|邮箱/],
  ['phone', /phone|mobile|手机|电话|联系方式/],
  ['postcode', /post(al)?code|邮编|邮政编码|^zip/],
  ['province', /^省(份)?$|^province$/],
  ['city', /^(市|城市)$|^city$/],
  ['district', /^(区|县|区县)$|^district$/],
  ['country', /^country(code)?$|国家/],
  [
    'at',
    /answered(on|at)|^asof$|^(survey|response|interview)?(date|time)$|submitted(at|on)?|日期|(提交|填写|答题)时间|timestamp/,
  ],
]

export const SYNONYMS: Record<SourceKind, Synonyms> = {
  people: PEOPLE,
  sales: SALES,
  products: PRODUCTS,
  attributes: ATTRIBUTES,
}
