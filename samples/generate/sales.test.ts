import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Session } from 'chdb'
import { readAccounts, readCrm, readCsv, samples } from './read-sample.ts'

const session = new Session()
after(() => session.close())
const first = `file('${join(samples, 'data/sales-2009-2010.parquet')}')`
const second = `file('${join(samples, 'data/sales-2010-2011.parquet')}')`
const row = (sql: string) => JSON.parse(String(session.query(sql, 'JSONCompactEachRow'))) as (string | number)[]
const facts = (from: string) => row(`SELECT count(), uniqExact(invoice), uniqExact(customer_no) FROM ${from}`)

test('the second year is UCI Online Retail: the published counts and value', () => {
  assert.deepEqual(facts(second).map(Number), [541_909, 25_900, 4_372])
  const [cancelled, value, countries, anonymous] = row(
    `SELECT countIf(invoice LIKE 'C%'), toString(sum(quantity * unit_price)), uniqExact(country), countIf(customer_no IS NULL) FROM ${second}`,
  )
  assert.deepEqual([cancelled, countries, anonymous].map(Number), [9_288, 38, 135_080])
  assert.equal(Number(value), 9_747_747.934)
})

test('the first year with the nine days it shares with the second is UCI Online Retail II, sheet one', () => {
  const shared = `(SELECT * FROM ${second} WHERE invoice_date <= toDateTime('2010-12-09 20:01:00', 'UTC'))`
  assert.deepEqual(
    facts(`(SELECT * FROM ${first} UNION ALL SELECT * FROM ${shared})`).map(Number).slice(1),
    [28_816, 4_383],
  )
  assert.deepEqual(row(`SELECT count() FROM ${first}`).map(Number), [525_461 - 22_523])
  assert.deepEqual(row(`SELECT max(invoice_date) < toDateTime('2010-12-01', 'UTC') FROM ${first}`), [1])
})

test('invoice and line are a key over both files', () => {
  const [lines, keys] = row(
    `SELECT count(), uniqExact(invoice, line) FROM (SELECT invoice, line FROM ${first} UNION ALL SELECT invoice, line FROM ${second})`,
  )
  assert.equal(lines, keys)
})

test('every customer of the sales is in a row that carries the number, every article in the catalogue', () => {
  const list = (column: string) =>
    (
      row(
        `SELECT groupUniqArray(assumeNotNull(${column})) FROM (SELECT * FROM ${first} UNION ALL SELECT * FROM ${second}) WHERE ${column} IS NOT NULL`,
      )[0] as unknown as string[]
    ).sort()
  const carried = new Set([
    ...readCrm().map(each => each['会员卡号']),
    ...readAccounts().map(each => each.customerNo),
    ...readCsv('data/callcentre.csv').map(each => each['Member No']),
  ])
  assert.deepEqual(
    list('customer_no').filter(number => !carried.has(number)),
    [],
  )
  const catalogue = new Set(readCsv('data/products.csv').map(each => each['stock_code']))
  assert.deepEqual(
    list('stock_code').filter(code => !catalogue.has(code)),
    [],
  )
})
