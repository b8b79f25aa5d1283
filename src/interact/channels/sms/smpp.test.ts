import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import smpp, { type PDU } from 'smpp'
import { smsSize } from '../../../personalize/index.ts'
import { openSenderPool } from '../../senders/sender-pool.ts'
import type { ChannelDown, OutMessage } from '../channel.ts'
import { type SmppCentre, smppCentre } from '../test-servers/smpp-server.ts'
import { fillTemplate, valueAt } from './http-template.ts'
import { e164 } from './numbers.ts'
import { isOptOut, OPT_OUT_WORDS } from './opt-out.ts'
import { readReceipt, writtenAs } from './receipt.ts'
import { smppChannel } from './smpp.ts'
import { splitSms } from './split.ts'

const centres: SmppCentre[] = []
after(() => Promise.all(centres.map(centre => centre.close())))

async function started(behaviour: Parameters<typeof smppCentre>[0]): Promise<SmppCentre> {
  const centre = await smppCentre(behaviour)
  centres.push(centre)
  return centre
}
const opening = (port: number, more: object = {}, password = '') => ({
  settings: smppChannel.settings.parse({ host: '127.0.0.1', port, systemId: 'me', timeoutSeconds: 2, ...more }),
  secrets: { password },
})
const message = (text: string, address = '+8613800000001'): OutMessage => ({
  id: 'ab'.repeat(16),
  customerId: 1,
  address,
  kind: 'sms',
  class: 'offer',
  offer: '',
  language: 'zh-CN',
  returnPath: '',
  bytes: Buffer.from(text),
})
const textOf = (pdu: PDU): string => {
  const own = pdu.short_message as { message: string }
  return typeof own === 'string' ? own : own.message
}

/** Nobody knows whether it was taken, and nothing more shall go that way for now. */
const unanswered = (error: ChannelDown): boolean => error.reason === 'timed-out' && !error.untouched

test('any text in parts: what is put together again is what was sent, in as many parts as were counted', () => {
  const chars = fc.constantFrom('a', 'é', '€', '^', '[', ' ', '中', '，', '😀', '\n', 'Z', '9')
  fc.assert(
    fc.property(fc.array(chars, { maxLength: 500 }), letters => {
      const text = letters.join('')
      const { dataCoding, parts } = splitSms(text, 300)
      const decode = dataCoding === 0 ? smpp.encodings.ASCII : smpp.encodings.UCS2
      assert.equal(parts.map(part => decode.decode(part.bytes)).join(''), text)
      assert.equal(parts.length, Math.max(1, smsSize(text).segments))
      for (const { bytes, header } of parts)
        assert.ok(bytes.length <= (header ? (dataCoding === 0 ? 153 : 134) : dataCoding === 0 ? 160 : 140))
      if (parts.length > 1) assert.deepEqual([...parts[0]!.header!], [5, 0, 3, 300 & 255, parts.length, 1])
    }),
    { numRuns: 150 },
  )
})

test('a window of unanswered messages; throttled, all rest and nothing is lost or doubled', async () => {
  const centre = await started({
    keep: true,
    slow: 5,
    status: at => (at >= 20 && at < 26 ? smpp.errors['ESME_RTHROTTLED']! : 0),
  })
  const sender = await smppChannel.open!(opening(centre.port, { window: 8 }))
  let next = 0
  const verdicts: string[] = []
  const lane = async () => {
    while (next < 60) verdicts.push((await sender.send(message(`no ${next++}`))).state)
  }
  await Promise.all(Array.from({ length: sender.window }, lane))
  assert.deepEqual(new Set(verdicts), new Set(['settled']))
  assert.equal(new Set(centre.submitted.map(textOf)).size, 60)
  assert.equal(centre.submitted.length, 60)
  assert.ok(centre.mostOpen > 4 && centre.mostOpen <= 8, String(centre.mostOpen))
  await sender.close()
})

test('long messages, refusals, silence and wrong passwords', async () => {
  const centre = await started({
    password: 'right',
    keep: true,
    status: (_, pdu) => (pdu.destination_addr === '8613800000009' ? smpp.errors['ESME_RINVDSTADR']! : 0),
  })
  const text = '尊敬的客户，您好。'.repeat(20)
  const sender = await smppChannel.open!(opening(centre.port, {}, 'right'))
  const sent = await sender.send(message(text))
  assert.equal(sent.state, 'settled')
  assert.equal((sent as { receipt: string }).receipt.split(' ').length, smsSize(text).segments)
  assert.equal(centre.submitted.map(textOf).join(''), text)
  assert.deepEqual(await sender.send(message('x', '+8613800000009')), {
    state: 'failed',
    reason: 'bad-address',
    detail: 'ESME_RINVDSTADR',
  })
  assert.equal((await sender.send(message('x', 'not a number'))).state, 'failed')
  const before = centre.count
  const waiting = sender.send(message('x'))
  while (centre.count === before) await new Promise(resolve => setImmediate(resolve))
  sender.abort()
  await assert.rejects(waiting, unanswered, 'cut while it was under way')
  await assert.rejects(
    smppChannel.test!(opening(centre.port, {}, 'wrong')),
    (error: ChannelDown) => error.reason === 'password',
  )
  const deaf = await started({ slow: 60_000 })
  const silent = await smppChannel.open!(opening(deaf.port, { timeoutSeconds: 1 }))
  await assert.rejects(silent.send(message('x')), unanswered)
  silent.abort()
  await deaf.close()
  const gone = await smppChannel.open!(opening(deaf.port))
  await assert.rejects(
    gone.send(message('x')),
    (error: ChannelDown) => error.reason === 'unreachable' && error.untouched,
  )
})

test('a session that is cut in the middle: what had no answer is uncertain, nothing else begins; then the rest goes', async () => {
  const centre = await started({ keep: true, slow: 20 })
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-smpp-'))
  const pool = openSenderPool('smpp', opening(centre.port, { window: 5, sessions: 1 }))
  const verdicts = new Map<string, string>()
  const send = (messages: OutMessage[]) =>
    pool.send(join(folder, 'journal'), messages, some => {
      for (const [id, { state }] of some) verdicts.set(id, state)
    })
  const all = Array.from({ length: 40 }, (_, at) => ({ ...message(`no ${at}`), id: String(at).padStart(32, '0') }))
  try {
    const sending = send(all)
    while (centre.submitted.length < 12) await sleep(5)
    centre.drop()
    assert.equal((await sending).down?.reason, 'timed-out')
    const states = Map.groupBy(verdicts.values(), state => state)
    const uncertain = states.get('uncertain')?.length ?? 0
    assert.ok(uncertain > 0 && uncertain <= 5, `${uncertain} uncertain`)
    assert.ok((states.get('settled')?.length ?? 0) >= 12 - 5 && verdicts.size < 40)
    assert.equal(
      (await send(all.filter(({ id }) => !verdicts.has(id) || verdicts.get(id) === 'deferred'))).down,
      undefined,
    )
    assert.equal([...verdicts.values()].filter(state => state === 'settled').length, 40 - uncertain)
    const times = Map.groupBy(centre.submitted.map(textOf), text => text)
    assert.ok(
      [...times.values()].every(({ length }) => length === 1),
      'none twice',
    )
  } finally {
    await pool.close()
    await rm(folder, { recursive: true })
  }
})

test('receipts in both forms, ids in both writings, words that refuse, numbers as providers write them', () => {
  const text =
    'id:0000004660 sub:001 dlvrd:001 submit date:2611220410 done date:2611220411 stat:DELIVRD err:000 text:hello'
  assert.deepEqual(readReceipt({ text }), { providerId: '0000004660', state: 'delivered', said: 'DELIVRD' })
  assert.deepEqual(readReceipt({ text: '', receiptedId: '1234', messageState: 5 }), {
    providerId: '1234',
    state: 'failed',
    said: 'UNDELIV',
  })
  assert.equal(readReceipt({ text: 'hello' }), null)
  assert.ok(writtenAs('0000004660').includes('1234'), 'decimal 4660 is hexadecimal 1234')
  assert.ok(writtenAs('1A2B').includes('6699'))
  for (const word of ['td', ' TD ', 'ＴＤ', '退订', '“退订”。', 'Stop!', '【拒收】'])
    assert.ok(isOptOut(word, OPT_OUT_WORDS), word)
  for (const word of ['不要退订', 'STOP it', '', 'TDs', '好']) assert.ok(!isOptOut(word, OPT_OUT_WORDS), word)
  assert.equal(e164('13800000001', 'CN'), '+8613800000001')
  assert.equal(e164('8613800000001', 'CN'), '+8613800000001')
  assert.equal(e164('07911 123456', 'GB'), '+447911123456')
  assert.equal(e164('INFO', 'CN'), '')
  const hostile = '"},{"to":"+1'
  assert.deepEqual(fillTemplate({ list: [{ to: '{{to}}', n: 1 }] }, { to: hostile }), { list: [{ to: hostile, n: 1 }] })
  assert.equal(valueAt({ a: [{ b: 7 }] }, 'a.0.b'), 7)
  assert.equal(valueAt({}, 'constructor.name'), undefined)
})
