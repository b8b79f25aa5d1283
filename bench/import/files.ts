import type { Facts } from '../../src/platform/stores/facts/index.ts'

/** Sale lines and people as companies' systems export them, made by the engine from numbers and hashes. */
export const SALE_TYPES =
  'invoice String, line UInt32, stock_code LowCardinality(String), description String, quantity Int32, invoice_date DateTime, unit_price Decimal(18, 6), customer_no String, country LowCardinality(String)'

export async function writeSales(facts: Facts, file: string, lines: number): Promise<void> {
  await facts.exec(`INSERT INTO FUNCTION file('${file}', 'CSVWithNames')
    SELECT concat('A', toString(500000000 + intDiv(number, 5))) AS invoice, toUInt32(number % 5 + 1) AS line,
      concat('P', toString(cityHash64(number) % 4000)) AS stock_code, '' AS description,
      toInt32(1 + cityHash64(number, 'q') % 12) AS quantity,
      formatDateTime(toDateTime('2009-12-01 00:00:00', 'UTC') + toInt32(cityHash64(intDiv(number, 5), 'at') % 28000000), '%Y-%m-%d %H:%i:%S') AS invoice_date,
      toDecimal64(0.4 + (cityHash64(number, 'price') % 900) / 100, 2) AS unit_price,
      toString(1000000 + cityHash64(intDiv(number, 5), 'c') % 1000000) AS customer_no, 'United Kingdom' AS country
    FROM numbers(${lines})`)
}

export const PEOPLE_TYPES =
  'id String, member_no String, name String, gender LowCardinality(String), birth_date Date32, mobile String, email String, country LowCardinality(String), province LowCardinality(String), city LowCardinality(String), district LowCardinality(String), street String, postcode String, language LowCardinality(String), sms LowCardinality(String), mail LowCardinality(String), created DateTime, updated DateTime'

export const PEOPLE_HEADERS = [
  '客户编号',
  '会员卡号',
  '姓名',
  '性别',
  '出生日期',
  '手机',
  '电子邮箱',
  '国家',
  '省',
  '市',
  '区县',
  '详细地址',
  '邮编',
  '语言',
  '短信同意',
  '邮件同意',
  '建档日期',
  '更新日期',
]

const list = (texts: string) => `[${[...texts].map(text => `'${text}'`).join(',')}]`
const pick = (texts: string, salt: string) => `${list(texts)}[1 + cityHash64(number, '${salt}') % ${[...texts].length}]`
const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈'
const GIVEN =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文斌辉玲鹏飞志波宇浩然欣怡雨泽子轩梓涵思远嘉诚博晓东'

export async function writePeople(facts: Facts, file: string, people: number): Promise<void> {
  const columns = [
    "concat('K', toString(number))",
    'toString(number + 1000000)',
    `concat(${pick(SURNAMES, 's')}, ${pick(GIVEN, 'a')}, if(number % 4 = 0, '', ${pick(GIVEN, 'b')}))`,
    "if(number % 2 = 0, '男', '女')",
    "toString(toDate32('1945-01-01') + toInt32(cityHash64(number, 'birth') % 20000))",
    "concat('138', leftPad(toString(number % 100000000), 8, '0'))",
    "concat('u', toString(number), '@example.com')",
    "'中国'",
    "'上海市'",
    "'上海市'",
    "'浦东新区'",
    "concat('人民路', toString(1 + number % 400), '号', toString(101 + number % 2000), '室')",
    "'200120'",
    "'中文'",
    "if(number % 5 < 3, '是', '否')",
    "if(number % 5 < 4, '是', '否')",
    "formatDateTime(toDateTime('2009-01-01 00:00:00', 'UTC') + toInt32(cityHash64(number, 'c') % 58000000), '%Y-%m-%d %H:%i:%S')",
    "formatDateTime(toDateTime('2010-12-01 00:00:00', 'UTC') + toInt32(cityHash64(number, 'u') % 8000000), '%Y-%m-%d %H:%i:%S')",
  ]
  const named = columns.map((column, c) => `${column} AS \`${PEOPLE_HEADERS[c]}\``)
  await facts.exec(
    `INSERT INTO FUNCTION file('${file}', 'CSVWithNames') SELECT ${named.join(', ')} FROM numbers(${people})`,
  )
}
