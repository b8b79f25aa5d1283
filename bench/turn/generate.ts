import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * A company of any size in the sample company's formats, from a seed: the engine makes it from numbers and hashes, so that
 * 20 M invoice lines take seconds. Shares as in the sample: CRM 75 %, web shop 40 %, call centre 15 % of the customers.
 */
export interface CompanySize {
  customers: number
  transactions: number
  emails: number
  pdfs: number
  seed: number
}

export const AS_OF = '2010-12-01'

const surnames = Array.from(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严',
)
const given = Array.from(
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文斌辉玲鹏飞志波宇浩然欣怡雨泽子轩梓涵思远嘉诚博晓东海燕春生永康庆云峰立新少卿佳琪若曦俊凯',
)
const streets = [
  '人民路',
  '解放路',
  '中山路',
  '建设路',
  '和平路',
  '新华街',
  '文化路',
  '长江路',
  '黄河路',
  '胜利街',
  '光明路',
  '青年路',
  '朝阳街',
  '东风路',
  '友谊路',
  '学院路',
]
const cities: [string, string, string, string][] = [
  ['上海市', '上海市', '浦东新区', '2001'],
  ['北京市', '北京市', '海淀区', '1000'],
  ['广东省', '广州市', '天河区', '5106'],
  ['广东省', '深圳市', '南山区', '5180'],
  ['浙江省', '杭州市', '西湖区', '3100'],
  ['江苏省', '南京市', '鼓楼区', '2100'],
  ['四川省', '成都市', '武侯区', '6100'],
  ['湖北省', '武汉市', '洪山区', '4300'],
  ['陕西省', '西安市', '雁塔区', '7100'],
  ['山东省', '青岛市', '市南区', '2660'],
  ['辽宁省', '大连市', '中山区', '1160'],
  ['福建省', '厦门市', '思明区', '3610'],
]

const list = (values: readonly string[]) => `[${values.map(value => `'${value}'`).join(',')}]`

/** Common expressions of person `n`: the same in every file, so that the files overlap as a company's do. */
function personSql(seed: number): string {
  const pick = (values: readonly string[], salt: string) =>
    `${list(values)}[1 + cityHash64(n, '${salt}', ${seed}) % ${values.length}]`
  const city = (i: number) =>
    `${list(cities.map(c => c[i] ?? ''))}[1 + cityHash64(n, 'city', ${seed}) % ${cities.length}]`
  return `
    ${pick(surnames, 'family')} AS family,
    concat(${pick(given, 'given1')}, if(cityHash64(n, 'two', ${seed}) % 4 > 0, ${pick(given, 'given2')}, '')) AS given_name,
    concat('1', ['38','39','50','86','77'][1 + cityHash64(n, 'mp', ${seed}) % 5], leftPad(toString(n % 100000000), 8, '0')) AS mobile,
    concat('u', toString(n), '@example.', ['com','cn','net'][1 + cityHash64(n, 'ed', ${seed}) % 3]) AS email,
    toDate32('1945-01-01') + toInt32(cityHash64(n, 'birth', ${seed}) % 20000) AS birth,
    ${city(0)} AS province, ${city(1)} AS city, ${city(2)} AS district,
    concat(${city(3)}, leftPad(toString(cityHash64(n, 'pc', ${seed}) % 100), 2, '0')) AS postcode,
    concat(${pick(streets, 'street')}, toString(1 + cityHash64(n, 'no', ${seed}) % 400), '号', toString(1 + cityHash64(n, 'flat', ${seed}) % 30), '栋', toString(101 + cityHash64(n, 'room', ${seed}) % 2000), '室') AS street,
    toDateTime('2009-01-01 00:00:00', 'UTC') + toInt32(cityHash64(n, 'since', ${seed}) % 58000000) AS since`
}

const flag = (salt: string, percent: number, seed: number) =>
  `if(cityHash64(n, '${salt}', ${seed}) % 100 < ${percent}, '是', '否')`

/** SQL that writes one file each; run by the engine's own command in a process of its own. */
function fileSql(dir: string, size: CompanySize): string[] {
  const { customers, transactions, seed } = size
  const people = (share: number, salt: string) =>
    `(SELECT number AS n, ${personSql(seed)} FROM numbers(${customers}) WHERE cityHash64(number, '${salt}', ${seed}) % 1000 < ${share})`
  const crm = `
    SELECT concat('K', toString(n)) AS \`客户编号\`, if(n % 4 = 3, '', toString(n + 1000000)) AS \`会员卡号\`, '个人' AS \`客户类型\`,
      concat(family, given_name) AS \`姓名\`, if(cityHash64(n, 'sex', ${seed}) % 2 = 0, '男', '女') AS \`性别\`, toString(birth) AS \`出生日期\`,
      '' AS \`证件号码\`, '' AS \`统一社会信用代码\`, '' AS \`联系人\`, mobile AS \`手机\`, '' AS \`备用手机\`, '' AS \`固定电话\`,
      if(cityHash64(n, 'hasmail', ${seed}) % 10 < 8, email, '') AS \`电子邮箱\`, '中国' AS \`国家\`, province AS \`省\`, city AS \`市\`, district AS \`区县\`,
      street AS \`详细地址\`, postcode AS \`邮编\`, '' AS \`备用地址\`, '中文' AS \`语言\`, ${flag('sms', 60, seed)} AS \`短信同意\`, ${flag('mail', 70, seed)} AS \`邮件同意\`,
      ${flag('call', 40, seed)} AS \`电话同意\`, ${flag('letter', 60, seed)} AS \`信函同意\`, toString(toDate(since)) AS \`同意日期\`, '0' AS \`会员积分\`,
      formatDateTime(since, '%Y-%m-%d %H:%i:%S', 'Asia/Shanghai') AS \`建档日期\`, formatDateTime(since + 86400, '%Y-%m-%d %H:%i:%S', 'Asia/Shanghai') AS \`更新日期\`
    FROM ${people(750, 'crm')} WHERE n % 4 != 3 OR cityHash64(n, 'both', ${seed}) % 2 = 0`
  const shop = `
    SELECT concat('W', toString(n)) AS accountId, if(n % 4 = 3 OR cityHash64(n, 'crm', ${seed}) % 1000 >= 750, toString(n + 1000000), '') AS customerNo, 'personal' AS accountType,
      concat(family, given_name) AS displayName, given_name AS givenName, family AS familyName, if(cityHash64(n, 'sex', ${seed}) % 2 = 0, 'M', 'F') AS gender, email,
      if(cityHash64(n, 'shopmobile', ${seed}) % 10 < 8, concat('+86', mobile), '') AS mobile, toString(birth) AS birthday,
      CAST(tuple('CN', province, city, district, street, postcode), 'Tuple(country String, province String, city String, district String, line1 String, postcode String)') AS address,
      [CAST(tuple('email', cityHash64(n, 'mail', ${seed}) % 100 < 70, formatDateTime(since, '%Y-%m-%dT%H:%i:%SZ'), '2009-2'), 'Tuple(channel String, granted Bool, at String, wording String)')] AS consents,
      'zh-CN' AS locale, formatDateTime(since, '%Y-%m-%dT%H:%i:%SZ') AS createdAt, formatDateTime(since + 172800, '%Y-%m-%dT%H:%i:%SZ') AS updatedAt
    FROM (SELECT number AS n, ${personSql(seed)} FROM numbers(${customers})
      WHERE cityHash64(number, 'shop', ${seed}) % 1000 < 400 OR number % 4 = 3 OR cityHash64(number, 'crm', ${seed}) % 1000 >= 750)`
  const calls = `
    SELECT concat('T', toString(n)) AS Ref, '' AS \`Member No\`, '' AS Company, concat(family, given_name) AS \`Full Name\`, if(cityHash64(n, 'sex', ${seed}) % 2 = 0, 'M', 'F') AS Gender,
      formatDateTime(birth, '%d/%m/%Y') AS DOB, mobile AS \`Tel 1\`, '' AS \`Tel 2\`, '' AS \`E-mail\`, street AS Address, city AS Town, postcode AS \`Post Code\`, 'China' AS Country, 'zh' AS Language,
      if(cityHash64(n, 'call', ${seed}) % 100 < 40, 'Y', 'N') AS \`OK to call\`, '' AS \`OK to text\`, '' AS \`OK to e-mail\`, '' AS \`OK to post\`,
      formatDateTime(since, '%d/%m/%Y') AS \`Consent Date\`, '1' AS Calls, formatDateTime(since, '%d/%m/%Y') AS \`First Contact\`, formatDateTime(since + 259200, '%d/%m/%Y') AS \`Last Contact\`
    FROM ${people(150, 'call')}`
  // Five lines an invoice, of one of 400 themes of ten products, so that there is something to find. A customer's rate of buying is log-uniform over a factor of 50; one in three stops at some
  // point. November, the statement month, is thinned to the number of bills asked for.
  const bills = Math.round(size.pdfs * 0.8)
  const sales = (from: string, days: number, share: number) => `
    SELECT concat(toString(500000000 + intDiv(number, 5))) AS invoice, toUInt32(number % 5 + 1) AS line,
      (SELECT groupArray(stock_code) FROM products)[1 + (cityHash64(intDiv(number, 5), 'theme', ${seed}) % 400) * 10 + cityHash64(number, 'item', ${seed}) % 10] AS stock_code,
      '' AS description, toInt32(if(cityHash64(number, 'ret', ${seed}) % 50 = 0, -1, 1 + cityHash64(number, 'qty', ${seed}) % 12)) AS quantity,
      toDateTime('${from}', 'UTC') + toInt32(cityHash64(intDiv(number, 5), 'at', ${seed}) % ${days * 86400}) AS invoice_date,
      toDecimal64(0.4 + (cityHash64(number, 'price', ${seed}) % 900) / 100, 3) AS unit_price,
      toString(1000000 + toUInt64(${customers} * pow((cityHash64(intDiv(number, 5), 'who', ${seed}) % 1000000) / 1000000, 1.6))) AS customer_no, 'United Kingdom' AS country
    FROM numbers(${Math.round(transactions * share)})`
  const out = (name: string, format: string) =>
    `INSERT INTO FUNCTION file('${join(dir, 'data', name)}', '${format}') SELECT * FROM`
  const november = `
    SELECT concat('N', toString(n)) AS invoice, toUInt32(line) AS line, (SELECT groupArray(stock_code) FROM products)[1 + cityHash64(n, line, 'nov', ${seed}) % (SELECT count() FROM products)] AS stock_code,
      '' AS description, toInt32(1 + cityHash64(n, line, 'q', ${seed}) % 12) AS quantity, toDateTime('2010-11-01 08:00:00', 'UTC') + toInt32(cityHash64(n, 'nat', ${seed}) % 2500000) AS invoice_date,
      toDecimal64(0.4 + (cityHash64(n, line, 'np', ${seed}) % 900) / 100, 3) AS unit_price, toString(1000000 + cityHash64(n, 'nwho', ${seed}) % ${customers}) AS customer_no, 'United Kingdom' AS country
    FROM (SELECT number AS n, arrayJoin(range(1, 6)) AS line FROM numbers(${bills}))`
  return [
    `${out('crm.csv', 'CSVWithNames')} (${crm})`,
    `${out('webshop.jsonl', 'JSONEachRow')} (${shop}) SETTINGS output_format_json_quote_64bit_integers = 0`,
    `${out('callcentre.csv', 'CSVWithNames')} (${calls})`,
    `${out('sales-2009-2010.parquet', 'Parquet')} (${sales('2009-12-01 08:00:00', 334, 0.55)} UNION ALL ${november})`,
    `${out('sales-2010-2011.parquet', 'Parquet')} (${sales('2010-12-01 08:00:00', 365, 0.45).replaceAll('500000000', '700000000')})`,
  ]
}

/** Writes the company's files beside the sample's own settings into `dir`, ready for `loadSample`. */
export async function generateCompany(samples: string, dir: string, size: CompanySize): Promise<void> {
  await mkdir(join(dir, 'data'), { recursive: true })
  for (const part of [
    'mappings',
    'templates',
    'offers.json',
    'segments.json',
    'campaign.json',
    'data/survey.csv',
    'data/regions.csv',
    'data/products.csv',
  ])
    await cp(join(samples, part), join(dir, part), { recursive: true })
  const policy = JSON.parse(await readFile(join(samples, 'contact-policy.json'), 'utf8'))
  policy.budget_minor = 100_000_000
  policy.channels.email.capacity = { kind: 'rate', per_minute: 60_000, max: size.emails }
  policy.channels.letter.capacity = { kind: 'lots', lot_size: 250, lots: Math.round((size.pdfs * 0.2) / 250) }
  policy.channels.sms.capacity = { kind: 'rate', per_minute: 600, max: 1000 }
  policy.channels.call.capacity = { kind: 'days', per_day: 25, days: 8 }
  await writeFile(join(dir, 'contact-policy.json'), JSON.stringify(policy))
  const offers = JSON.parse(await readFile(join(samples, 'offers.json'), 'utf8'))
  for (const offer of offers.offers) offer.volume = { min: 0, max: size.emails * 2 }
  await writeFile(join(dir, 'offers.json'), JSON.stringify(offers))
  // chDB holds its memory until its process ends, so each file is made in a process of its own.
  const products = `CREATE TABLE products ENGINE = Memory AS SELECT stock_code FROM file('${join(dir, 'data', 'products.csv')}', 'CSVWithNames') WHERE kind = 'product';`
  for (const sql of fileSql(dir, size)) {
    const script = `import { Session } from 'chdb'; const s = new Session(); s.query(${JSON.stringify(products)}); s.query(${JSON.stringify(sql)}); s.cleanup(); process.exit(0)`
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: join(import.meta.dirname, '..', '..'),
      maxBuffer: 1 << 26,
    })
  }
}
