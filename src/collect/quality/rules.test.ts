import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { errorCatalogue } from '../../platform/errors.ts'
import { type Facts, openFacts } from '../../platform/stores/facts/index.ts'
import { collectErrors } from '../errors.ts'
import { readEmail } from '../standardise/email.ts'
import { creditCheckDigit, readIdNumber, residentCheckDigit } from '../standardise/id-number.ts'
import { readPhone } from '../standardise/phone.ts'
import { QUALITY_RULES, validCreditCode, validEmail, validPhone, validResidentId } from './rules.ts'

let dir: string
let facts: Facts
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-rules-'))
  facts = await openFacts({ dataDir: dir })
})
after(async () => {
  await facts.close()
  await rm(dir, { recursive: true, force: true })
})

/** What a rule says in the engine, value by value. */
async function verdicts(rule: (field: string) => string, values: string[]): Promise<boolean[]> {
  const rows = await facts.query<{ ok: number }>(
    `SELECT toUInt8(${rule('v')}) AS ok FROM (SELECT arrayJoin({values:Array(String)}) AS v)`,
    { values },
  )
  return rows.map(row => row.ok === 1)
}

const numbers = Array.from({ length: 200 }, (_, i) =>
  String(11010519000101000n + BigInt(i * 10_000) + BigInt(i * 7)).slice(0, 17),
)

test('identity numbers: the engine and the reader agree', async () => {
  const values = numbers.map((n, i) => n + (i % 3 === 0 ? '5' : residentCheckDigit(n)))
  const expected = values.map(value => residentCheckDigit(value.slice(0, 17)) === value[17])
  assert.deepEqual(await verdicts(validResidentId, values), expected)
  assert.ok(expected.includes(true) && expected.includes(false))
})

test('credit codes: the engine and the reader agree', async () => {
  const values = numbers.map((_, i) => {
    const code = `91350100M000${String(i).padStart(3, '0')}Y4`
    return code + (i % 4 === 0 ? '3' : creditCheckDigit(code))
  })
  const expected = values.map(value => readIdNumber(value).kind === 'credit-code' && readIdNumber(value).verified)
  assert.deepEqual(await verdicts(validCreditCode, values), expected)
  assert.ok(expected.includes(true))
})

test('telephones and e-mails: what the readers call valid passes, what they do not fails', async () => {
  const phones = [
    '13812345678',
    '010-62512345',
    '12012345678',
    '1381234567',
    '0755 86123456',
    '+44 7911 123456',
    '0770 0052953',
  ].map(raw => readPhone(raw))
  assert.deepEqual(
    await verdicts(
      validPhone,
      phones.map(phone => phone.e164),
    ),
    phones.map(phone => phone.valid),
  )
  const emails = [
    'a@b.cn',
    'first.last+tag@mail.example.com',
    'a@@b.cn',
    'a b@c.cn',
    'a@b',
    '王@例子.中国',
    'a@b..cn',
    '.a@b.cn',
    "o'neil@example.org",
  ]
  assert.deepEqual(
    await verdicts(validEmail, emails),
    emails.map(email => readEmail(email).valid),
  )
})

test('every rule and every error speaks both languages, with the same places', () => {
  for (const rule of QUALITY_RULES) assert.ok(rule.message.en !== '' && rule.message.zh !== '', rule.rule)
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
  for (const code of Object.keys(collectErrors)) {
    const spec = errorCatalogue().get(code)
    assert.deepEqual(places(spec?.en ?? ''), places(spec?.zh ?? ''), code)
  }
})
