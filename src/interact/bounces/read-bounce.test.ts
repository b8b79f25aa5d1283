import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type Bounce, readBounce } from './read-bounce.ts'

const DATA = join(import.meta.dirname, '../../../../shared/data/bounces')
const skip = !existsSync(DATA) && 'the returned mails are not here'

const rows = (file: string): string[][] =>
  readFileSync(join(DATA, file), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map(line => line.split(','))

const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'), 'utf8')

describe('returned mails', () => {
  test('319 real ones: kind, hard or soft, status', { skip }, async () => {
    let kinds = 0
    let hards = 0
    let statuses = 0
    let real = 0
    const all = rows('sisimai/expected.csv')
    for (const [file, index, status, , reason, hard] of all) {
      const found = await readBounce(readFileSync(join(DATA, 'sisimai/mail', file!)))
      const one = found[Number(index) - 1] ?? found[0]!
      const kind = reason === 'feedback' ? 'complaint' : reason === 'vacation' ? 'auto-reply' : 'bounce'
      if (one.kind === kind) kinds++
      if (kind !== 'bounce' || String(one.hard) === hard) hards++
      if (!status || /\.0\.9\d\d$/.test(status)) continue
      real++
      if (one.status === status) statuses++
    }
    assert.ok(kinds / all.length >= 0.97, `kind ${kinds} of ${all.length}`)
    assert.ok(hards / all.length >= 0.97, `hard ${hards} of ${all.length}`)
    assert.ok(statuses / real >= 0.95, `status ${statuses} of ${real}`)
  })

  test('103 more: whom they failed', { skip }, async () => {
    const wanted = new Map<string, Set<string>>()
    for (const [file, , , addresses = ''] of rows('flufl/expected.csv')) {
      const of = wanted.get(file!) ?? new Set()
      for (const address of addresses.split(/[ ;|]+/)) if (address) of.add(address.toLowerCase())
      wanted.set(file!, of)
    }
    const wrong: string[] = []
    for (const [file, addresses] of wanted) {
      const found = await readBounce(readFileSync(join(DATA, 'flufl/data', file)))
      const named = found.filter(({ kind }) => kind === 'bounce').map(({ recipient }) => recipient.toLowerCase())
      if ([...addresses].sort().join() !== [...new Set(named)].sort().join()) wrong.push(file)
    }
    assert.ok(1 - wrong.length / wanted.size >= 0.98, wrong.join(' '))
  })

  test('mails that are none', { skip }, async () => {
    for (const file of readdirSync(join(DATA, 'sisimai/not-bounces'))) {
      const [only] = await readBounce(readFileSync(join(DATA, 'sisimai/not-bounces', file)))
      assert.equal(only?.kind, 'other', file)
    }
  })

  test('a Chinese report in words', async () => {
    const [only] = await readBounce(
      mail(
        'From: "系统管理员" <postmaster@qiye.example.cn>',
        'To: <bounces@huiyin.example>',
        'Subject: =?UTF-8?B?57O757uf6YCA5L+h?=',
        'Content-Type: text/plain; charset=utf-8',
        '',
        '很抱歉，您的邮件未能送达以下收件人：',
        'wang.xiaoming@example.cn',
        '    550 5.1.1 用户不存在',
      ),
    )
    assert.deepEqual(only, {
      kind: 'bounce',
      recipient: 'wang.xiaoming@example.cn',
      status: '5.1.1',
      reason: 'user-unknown',
      hard: true,
    } satisfies Bounce)
  })

  test('somebody who is away, and somebody who writes about a bounce', async () => {
    const away = await readBounce(
      mail(
        'From: 李雷 <lilei@example.cn>',
        'Subject: 自动回复: 七月账单',
        'Content-Type: text/plain; charset=utf-8',
        '',
        '我在休假，下周一回来。',
      ),
    )
    assert.equal(away[0]?.kind, 'auto-reply')
    assert.equal(away[0]?.recipient, 'lilei@example.cn')
    const person = await readBounce(
      mail(
        'From: Ann <ann@example.com>',
        'Subject: my letter came back',
        '',
        'The post office returned your letter: address unknown. Please call me.',
      ),
    )
    assert.equal(person[0]?.kind, 'other')
  })

  test('whatever bytes come, an answer', async () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'Content-Type: multipart/report; boundary=b\r\n',
        '--b\r\n',
        '\r\n\r\n',
        'Final-Recipient: rfc822; ',
        '550 ',
        'Status: 5.',
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 30 }), async parts => {
        const found = await readBounce(Buffer.from(parts.join(''), 'utf8'))
        assert.ok(found.length > 0)
      }),
      { numRuns: 150 },
    )
  })
})
