import assert from 'node:assert/strict'
import { test } from 'node:test'
import { creditCodeIsValid, idIsValid } from './checksums.ts'
import { makeUp } from './people/population.ts'
import { readAccounts, readCrm, readCsv } from './read-sample.ts'
import { badRowCounts } from './rows/bad-rows.ts'
import { repeatedLines } from './rows/write-people.ts'

const crm = readCrm()
const shop = readAccounts()
const calls = readCsv('data/callcentre.csv')
const truth = readCsv('truth/people.csv')
const errors = readCsv('truth/errors.csv')
const noted = (source: string, error: string) =>
  new Set(errors.filter(each => each['source'] === source && each['error'] === error).map(each => each['row_key']))

const keys: Record<string, string[]> = {
  crm: crm.map(row => row['客户编号'] ?? ''),
  webshop: shop.map(account => account.accountId),
  callcentre: calls.map(row => row['Ref'] ?? ''),
}

test('the truth has every row of the three files once', () => {
  for (const [source, inFile] of Object.entries(keys)) {
    const inTruth = truth.filter(row => row['source'] === source).map(row => row['row_key'])
    assert.equal(new Set(inTruth).size, inTruth.length, `${source}: a key twice in the truth`)
    assert.deepEqual([...new Set(inFile)].sort(), [...inTruth].sort(), source)
    assert.equal(
      inFile.length - inTruth.length,
      repeatedLines[source as keyof typeof repeatedLines],
      `${source}: repeated lines`,
    )
  }
})

test('ID numbers check but for those spoilt on purpose, and name the birth and sex of the row', () => {
  const spoilt = noted('crm', 'bad_checksum')
  const misdated = new Set(errors.filter(each => each['field'] === 'birth_date').map(each => each['row_key']))
  let seen = 0
  for (const row of crm) {
    const id = row['证件号码']?.toUpperCase()
    if (!id) continue
    seen++
    const key = row['客户编号'] ?? ''
    assert.equal(idIsValid(id), !spoilt.has(key), key)
    if (spoilt.has(key)) continue
    if (row['性别']) assert.equal(Number(id[16]) % 2 === 1 ? '男' : '女', row['性别'], key)
    if (/^\d{4}-\d\d-\d\d$/.test(row['出生日期'] ?? '') && !misdated.has(key))
      assert.equal(id.slice(6, 14), row['出生日期']?.replaceAll('-', ''), key)
  }
  assert.ok(seen > 1000 && spoilt.size > 5, `${seen} numbers, ${spoilt.size} spoilt`)
})

test('organisations: forty of them, every credit code right', () => {
  assert.equal(
    new Set(truth.filter(row => row['kind'] === 'organisation').map(row => row['person_id'])).size,
    makeUp.organisations,
  )
  const codes = crm.map(row => row['统一社会信用代码'] ?? '').filter(Boolean)
  assert.ok(codes.length > 15)
  for (const code of codes) assert.ok(creditCodeIsValid(code), code)
})

test('nothing was written down after the day of the export', () => {
  const day = '2010-12-01'
  for (const row of crm)
    for (const field of ['建档日期', '更新日期'])
      assert.ok((row[field] ?? '').slice(0, 10) <= day, `${row['客户编号']} ${field}`)
  for (const each of shop)
    for (const at of [each.createdAt, each.updatedAt, ...each.consents.map(consent => consent.at)])
      assert.ok(at < `${day}T`, `${each.accountId} ${at}`)
  for (const row of calls)
    for (const field of ['First Contact', 'Last Contact', 'Consent Date'])
      assert.ok((row[field] ?? '').split('/').reverse().join('-') < day, `${row['Ref']} ${field}`)
})

test('the bad rows are those announced, and none of them carries a customer number', () => {
  const bad = truth.filter(row => row['expect'] === 'quarantine')
  for (const [source, counts] of Object.entries(badRowCounts))
    assert.equal(
      bad.filter(row => row['source'] === source).length,
      Object.values(counts).reduce((sum, count) => sum + count, 0),
      source,
    )
  const badKeys = new Set(bad.map(row => row['row_key']))
  assert.ok(crm.every(row => !badKeys.has(row['客户编号']) || row['会员卡号'] === ''))
  assert.ok(shop.every(account => !badKeys.has(account.accountId) || account.customerNo === undefined))
})

test('the survey has 400 answers, each naming its customer in one way', () => {
  const survey = readCsv('data/survey.csv')
  assert.equal(survey.length, 400)
  for (const row of survey)
    assert.equal(['customer_no', 'email', 'phone'].filter(name => row[name]).length, 1, row['answer_id'])
})
