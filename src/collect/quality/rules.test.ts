import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
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
import { compileRule } from './checks.ts'
import { qualityErrors } from './errors.ts'
import { type Check, type QualityRule, ruleSchema } from './rule.ts'
import { standardRules } from './standard-rules.ts'
import { validCreditCode, validEmail, validLandline, validMobile, validPhone, validResidentId } from './validity.ts'

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
    'a.@b.cn',
    "o'neil@example.org",
    '"a b"@example.org',
    'a@-b.cn',
    'a@b-.cn',
    'a@b.123',
    `${'a'.repeat(65)}@b.cn`,
    `a@${'b'.repeat(64)}.cn`,
  ]
  assert.deepEqual(
    await verdicts(validEmail, emails),
    emails.map(email => readEmail(email).valid),
  )
})

test('a mobile is told from a landline', async () => {
  const values = ['+8613812345678', '+861062512345', '+447911123456', '+441614960402', '+85291234567']
  assert.deepEqual(await verdicts(validMobile, values), [true, false, true, false, true])
  assert.deepEqual(await verdicts(validLandline, values).then(found => found.slice(0, 4)), [false, true, false, true])
})

const CASES = join(import.meta.dirname, '../../../../shared/data/addresses/tests.xml')
test("e-mail syntax against isemail's cases", { skip: !existsSync(CASES) }, async () => {
  const xml = readFileSync(CASES, 'utf8')
  const plain = (text: string): string =>
    text.replace(/&(#x?[0-9a-f]+|lt|gt|amp|quot|apos);/gi, (_, name: string) =>
      name[0] === '#'
        ? String.fromCodePoint(
            name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)),
          )
        : { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[name.toLowerCase()]!,
    )
  const cases = [...xml.matchAll(/<test\b[^>]*>([\s\S]*?)<\/test>/g)].flatMap(([, body = '']) => {
    const address = /<address>([\s\S]*?)<\/address>/.exec(body)?.[1]
    const category = /<category>([\s\S]*?)<\/category>/.exec(body)?.[1] ?? ''
    return address === undefined ? [] : [{ address: plain(address), category }]
  })
  assert.ok(cases.length > 100)
  // Signs that only stand for control characters in this file, and addresses a form cannot hold, are left out.
  const usable = cases.filter(({ address }) => !/[\u2400-\u2426\p{Cc}]/u.test(address))
  const judged = await verdicts(
    validEmail,
    usable.map(({ address }) => address),
  )
  const wrong = usable.filter(({ category }, i) =>
    category === 'ISEMAIL_ERR' ? judged[i] : /^ISEMAIL_(VALID_CATEGORY|DNSWARN)$/.test(category) && !judged[i],
  )
  // A top-level domain alone (a@com, RFC 5321 allows it) and a numeric one are no address of a customer.
  const accepted = wrong.filter(({ address }) => /@[^.]+$|\.\d+$/.test(address))
  assert.deepEqual(
    wrong.filter(one => !accepted.includes(one)),
    [],
  )
})

/** One record as the engine sees it: everything empty but what is given. */
async function fails(check: Check, field: string, record: Record<string, string>): Promise<boolean | null> {
  const rule: QualityRule = ruleSchema.parse({
    id: 'x',
    field,
    severity: 'error',
    message: { en: 'x', zh: 'x' },
    check,
  })
  const { applies, fails: failing, params } = compileRule(rule, 'r')
  const texts = [
    'source',
    'row_key',
    'kind',
    'full_name',
    'gender',
    'id_number',
    'org_code',
    'mobile',
    'mobile2',
    'landline',
    'email',
    'country',
    'province',
    'street',
    'postcode',
    'raw',
  ]
  const dates = {
    birth_date: 'toDate32OrNull({birth_date:String})',
    updated_at: "toDateTimeOrNull({updated_at:String}, 'UTC')",
    created_at: "toDateTimeOrNull({created_at:String}, 'UTC')",
  }
  const values = { ...Object.fromEntries([...texts, ...Object.keys(dates)].map(name => [name, ''])), ...record }
  const row = await facts.one<{ applies: number; fails: number }>(
    `SELECT toUInt8(${applies}) AS applies, toUInt8(ifNull(${failing}, 0)) AS fails FROM
       (SELECT ${texts.map(name => `{${name}:String} AS ${name}`).join(', ')},
        ${Object.entries(dates)
          .map(([name, sql]) => `${sql} AS ${name}`)
          .join(', ')})`,
    { ...values, ...params, as_of: '2010-12-01', run_id: 0 },
  )
  return row.applies === 1 ? row.fails === 1 : null
}

test('every kind of check finds what it is for and leaves the rest alone', async () => {
  const id = `11010519491231002${residentCheckDigit('11010519491231002')}`
  const cases: [Check, string, Record<string, string>, boolean | null][] = [
    [{ kind: 'filled' }, 'full_name', {}, true],
    [{ kind: 'filled' }, 'full_name', { full_name: '王小明' }, false],
    [{ kind: 'filled', anyOf: ['mobile', 'email'] }, 'contact', { email: 'a@b.cn' }, false],
    [{ kind: 'agrees-with-id', part: 'birth_date' }, 'id_number', { id_number: id, birth_date: '1949-12-31' }, false],
    [{ kind: 'agrees-with-id', part: 'birth_date' }, 'id_number', { id_number: id, birth_date: '1949-12-30' }, true],
    [{ kind: 'agrees-with-id', part: 'birth_date' }, 'id_number', { id_number: id }, null],
    [{ kind: 'agrees-with-id', part: 'gender' }, 'id_number', { id_number: id, gender: 'm' }, true],
    [{ kind: 'agrees-with-id', part: 'gender' }, 'id_number', { id_number: id, gender: 'f' }, false],
    [{ kind: 'postcode', division: false }, 'postcode', { country: 'CN', postcode: '12345' }, true],
    [{ kind: 'postcode', division: false }, 'postcode', { country: 'GB', postcode: 'SW1A 1AA' }, false],
    [
      { kind: 'postcode', division: true },
      'postcode',
      { country: 'CN', postcode: '510000', province: '广东省' },
      false,
    ],
    [{ kind: 'postcode', division: true }, 'postcode', { country: 'CN', postcode: '200001', province: '广东省' }, true],
    [
      { kind: 'postcode', division: true },
      'postcode',
      { country: 'CN', postcode: '510000', province: 'Guangdong' },
      null,
    ],
    [{ kind: 'age', min: 0, max: 100 }, 'birth_date', { birth_date: '1905-01-01' }, true],
    [{ kind: 'age', min: 18, max: 110 }, 'birth_date', { birth_date: '1990-01-01' }, false],
    [{ kind: 'date-range', from: '1910-01-01', to: '2010-12-01' }, 'birth_date', { birth_date: '2011-01-01' }, true],
    [
      { kind: 'not-before', other: 'created_at' },
      'updated_at',
      { updated_at: '2010-01-01 00:00:00', created_at: '2010-01-02 00:00:00' },
      true,
    ],
    [{ kind: 'range', min: 0, max: 100 }, 'raw:points', { raw: '{"points":"250"}' }, true],
    [{ kind: 'range', min: 0, max: 100 }, 'raw:points', { raw: '{"points":"x"}' }, true],
    [{ kind: 'range', min: 0, max: 100 }, 'raw:points', { raw: '{"points":"25"}' }, false],
    [{ kind: 'range', min: 0, max: 100 }, 'raw:points', { raw: '{}' }, null],
    [{ kind: 'length', min: 2, max: 4 }, 'full_name', { full_name: '欧阳娜娜' }, false],
    [{ kind: 'length', min: 2, max: 4 }, 'full_name', { full_name: '王' }, true],
    [{ kind: 'one-of', values: ['m', 'f'] }, 'gender', { gender: 'x' }, true],
    [{ kind: 'pattern', pattern: '\\d', mode: 'must-not' }, 'full_name', { full_name: 'R2D2' }, true],
    [{ kind: 'pattern', pattern: "'; DROP TABLE events --", mode: 'must' }, 'full_name', { full_name: 'Bob' }, true],
    [{ kind: 'placeholder', values: ['Nobody'] }, 'full_name', { full_name: 'nobody' }, true],
    [{ kind: 'placeholder', values: [] }, 'mobile', { mobile: '+8613800000000' }, true],
    [{ kind: 'placeholder', values: [] }, 'mobile', { mobile: '+8613500000000' }, true],
    [{ kind: 'placeholder', values: [] }, 'mobile', { mobile: '+8613812345679' }, false],
    [{ kind: 'placeholder', values: [] }, 'email', { email: 'test@test.com' }, true],
    [{ kind: 'placeholder', values: [] }, 'birth_date', { birth_date: '1970-01-01' }, true],
    [{ kind: 'fresh', months: 12 }, 'updated_at', { updated_at: '2009-11-30 00:00:00' }, true],
    [{ kind: 'fresh', months: 12 }, 'updated_at', { updated_at: '2009-12-02 00:00:00' }, false],
  ]
  for (const [check, field, record, expected] of cases)
    assert.equal(await fails(check, field, record), expected, JSON.stringify([check, record]))
})

test('every rule and every error speaks both languages, with the same places', () => {
  const list = standardRules()
  assert.equal(new Set(list.map(rule => rule.id)).size, list.length)
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
  for (const code of [...Object.keys(collectErrors), ...Object.keys(qualityErrors)]) {
    const spec = errorCatalogue().get(code)
    assert.deepEqual(places(spec?.en ?? ''), places(spec?.zh ?? ''), code)
  }
})

test('the list of checks is closed: a statement of one’s own is no rule', () => {
  const rule = { id: 'x', field: 'email', severity: 'error', message: { en: 'x', zh: 'x' } }
  assert.ok(!ruleSchema.safeParse({ ...rule, check: { kind: 'sql', where: '1' } }).success)
  assert.ok(!ruleSchema.safeParse({ ...rule, field: '1) OR (1', check: { kind: 'email' } }).success)
  assert.ok(!ruleSchema.safeParse({ ...rule, message: { en: 'x', zh: '' }, check: { kind: 'email' } }).success)
})
