import { latestRun, type Mart } from '../platform/marts.ts'

const run = latestRun('identity')

const customers: Mart = {
  name: 'customers',
  title: { en: 'Customers', zh: '客户' },
  row: { en: 'One customer as we know it: the golden record', zh: '一位客户的黄金记录' },
  key: ['customer_id'],
  columns: {
    customer_id: { text: { en: 'Number of the customer, stable over time', zh: '客户编号，长期不变' } },
    kind: { text: { en: 'person or organisation', zh: 'person（个人）或 organisation（机构）' } },
    name: { text: { en: 'Full name', zh: '姓名或名称' }, personal: 'name' },
    family_name: { text: { en: 'Family name', zh: '姓' }, personal: 'name' },
    given_name: { text: { en: 'Given name', zh: '名' }, personal: 'name' },
    gender: { text: { en: 'm, f or empty', zh: 'm（男）、f（女）或空' } },
    birth_date: { text: { en: 'Date of birth', zh: '出生日期' }, personal: 'birth' },
    org_code: { text: { en: 'Unified social credit code of an organisation', zh: '机构统一社会信用代码' } },
    contact_person: { text: { en: 'Contact person of an organisation', zh: '机构联系人' }, personal: 'name' },
    mobile: { text: { en: 'Mobile telephone, E.164', zh: '手机号码（E.164）' }, personal: 'phone' },
    landline: { text: { en: 'Landline, E.164', zh: '固定电话（E.164）' }, personal: 'phone' },
    email: { text: { en: 'E-mail address', zh: '电子邮箱' }, personal: 'email' },
    country: { text: { en: 'Country, ISO 3166 alpha-2', zh: '国家或地区代码（ISO 3166）' } },
    province: { text: { en: 'Province, county or state', zh: '省级区划' } },
    city: { text: { en: 'City', zh: '城市' } },
    district: { text: { en: 'District', zh: '区县' } },
    street: { text: { en: 'Street and number', zh: '街道与门牌' }, personal: 'address' },
    postcode: { text: { en: 'Postcode', zh: '邮政编码' } },
    language: { text: { en: 'Language to write in: zh-CN, zh-TW or en', zh: '沟通语言：zh-CN、zh-TW 或 en' } },
    accounts: { text: { en: 'Account numbers', zh: '账户号' } },
    records: { text: { en: 'Source records behind it', zh: '来源记录数' } },
    since: { text: { en: 'Customer since (UTC)', zh: '成为客户的时间（UTC）' } },
  },
  sql: `SELECT customer_id, kind, name, family_name, given_name, gender, birth_date, org_code, contact_person, mobile, landline, email, country,
    province, city, district, street, postcode, language, accounts, records, since
  FROM golden_records WHERE run_id = ${run}`,
}

const consents: Mart = {
  name: 'consents',
  title: { en: 'Consents', zh: '营销许可' },
  row: { en: 'The consent that holds for one customer and channel', zh: '一位客户在一个渠道上的有效许可' },
  key: ['customer_id', 'channel'],
  columns: {
    customer_id: { text: { en: 'Number of the customer', zh: '客户编号' } },
    channel: {
      text: { en: 'email, sms, call or letter', zh: 'email（邮件）、sms（短信）、call（电话）或 letter（信函）' },
    },
    granted: { text: { en: '1 allowed, 0 refused', zh: '1 为允许，0 为拒绝' } },
    at: { text: { en: 'When it was said (UTC)', zh: '表示的时间（UTC）' } },
    source: { text: { en: 'Source that says so', zh: '来源' } },
  },
  sql: `SELECT customer_id, channel, min(granted) AS granted, max(c.at) AS at, any(c.source) AS source
  FROM customer_consents AS c WHERE run_id = ${run} GROUP BY customer_id, channel`,
}

const purchases: Mart = {
  name: 'purchases',
  title: { en: 'Purchases', zh: '购买' },
  row: { en: 'One invoice of one customer', zh: '一位客户的一张发票' },
  key: ['customer_id', 'invoice'],
  columns: {
    customer_id: { text: { en: 'Number of the customer', zh: '客户编号' } },
    invoice: { text: { en: 'Number of the invoice', zh: '发票号' } },
    sold_at: { text: { en: 'When it was sold (UTC)', zh: '销售时间（UTC）' } },
    lines: { text: { en: 'Lines of the invoice', zh: '发票行数' } },
    pieces: { text: { en: 'Pieces, returns negative', zh: '件数，退货为负' } },
    amount_minor: { text: { en: 'Amount in minor units of the currency', zh: '金额（货币最小单位）' } },
    margin_minor: { text: { en: 'Margin in minor units', zh: '毛利（货币最小单位）' } },
    is_return: { text: { en: '1 when the invoice is a return', zh: '退货发票为 1' } },
  },
  sql: `SELECT customer_id, invoice, min(p.sold_at) AS sold_at, count() AS lines, sum(p.quantity) AS pieces,
    sum(p.amount_minor) AS amount_minor, sum(p.margin_minor) AS margin_minor, max(p.is_return) AS is_return
  FROM purchases AS p WHERE run_id = ${run} GROUP BY customer_id, invoice`,
}

export const marts: readonly Mart[] = [customers, consents, purchases]
