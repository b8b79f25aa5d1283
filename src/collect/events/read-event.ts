/** Checks one parsed event by hand (zod takes 20 µs an event, this 1) and appends it to the batch. The rules stand in event-schema.ts. */
import { readEmail } from '../standardise/email.ts'
import { readPhoneAnywhere } from '../standardise/phone.ts'
import type { EventBatch, KeyKind } from './batch.ts'
import { ID_PATTERN, MAX_PAYLOAD, RESERVED_TYPES, TYPE_PATTERN } from './event-schema.ts'
import type { ProblemCode } from './problems.ts'
import { readInstant } from './read-instant.ts'
import { payloadFault } from './said-events.ts'

export interface Refusal {
  field: string
  code: ProblemCode
}

const FIELDS = new Set([
  'eventId',
  'type',
  'at',
  'customerId',
  'accountNo',
  'email',
  'phone',
  'source',
  'rowKey',
  'channel',
  'communicationId',
  'taskId',
  'payload',
])
/** Cc: control characters. */
const CONTROL = /\p{Cc}/u

type Fields = Record<string, unknown>

const refuse = (field: string, code: ProblemCode): Refusal => ({ field, code })
const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most && !CONTROL.test(value) && value.isWellFormed()

export interface Sender {
  /** Our own web script, which names its visitor and nobody else. */
  visitor?: Visitor | undefined
  /** Types it may not hand in. */
  closed?: readonly string[] | undefined
}

/** Undefined: the event was appended. */
export function readEvent(value: unknown, now: number, batch: EventBatch, sender: Sender = {}): Refusal | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('', 'not-object')
  const event = value as Fields
  for (const field in event) if (!FIELDS.has(field)) return refuse(field.slice(0, 60), 'unknown')
  const { eventId, type, at, channel, communicationId, taskId, payload } = event
  if (eventId === undefined) return refuse('eventId', 'missing')
  if (typeof eventId !== 'string' || !ID_PATTERN.test(eventId)) return refuse('eventId', 'bad-id')
  if (type === undefined) return refuse('type', 'missing')
  if (typeof type !== 'string' || !TYPE_PATTERN.test(type)) return refuse('type', 'bad-type')
  if (RESERVED_TYPES.includes(type)) return refuse('type', 'reserved-type')
  if (sender.closed?.includes(type)) return refuse('type', 'needs-calls')
  if (at === undefined) return refuse('at', 'missing')
  const instant = typeof at === 'string' ? readInstant(at, now) : Number.NaN
  if (Number.isNaN(instant)) return refuse('at', 'bad-time')
  if (channel !== undefined && channel !== '' && !isText(channel, 20)) return refuse('channel', 'bad-text')
  if (communicationId !== undefined && communicationId !== '' && !isText(communicationId, 64))
    return refuse('communicationId', 'bad-text')
  if (taskId !== undefined && taskId !== '' && !isText(taskId, 64)) return refuse('taskId', 'bad-text')
  if (payload !== undefined && (typeof payload !== 'object' || payload === null || Array.isArray(payload)))
    return refuse('payload', 'bad-payload')
  const fault = payloadFault(type, payload)
  if (fault !== undefined) return refuse(fault, 'bad-said')
  const text = payload === undefined ? '{}' : JSON.stringify(payload)
  if (text.length > MAX_PAYLOAD) return refuse('payload', 'bad-payload')
  const who = sender.visitor ?? readWho(event)
  if ('code' in who) return who
  batch.eventId.push(eventId)
  batch.keyKind.push(who.kind)
  batch.key.push(who.key)
  batch.keySource.push(who.source)
  batch.type.push(type)
  batch.channel.push((channel as string | undefined) ?? '')
  batch.at.push(BigInt(instant))
  batch.communicationId.push((communicationId as string | undefined) ?? '')
  batch.taskId.push((taskId as string | undefined) ?? '')
  batch.payload.push(text)
  return undefined
}

interface Who {
  kind: KeyKind
  key: string
  source: string
}
export type Visitor = Who & { kind: 'visitor' }

function readWho(event: Fields): Who | Refusal {
  const { customerId, accountNo, email, phone, source, rowKey } = event
  const ways =
    Number(customerId !== undefined) +
    Number(accountNo !== undefined) +
    Number(email !== undefined) +
    Number(phone !== undefined) +
    Number(source !== undefined || rowKey !== undefined)
  if (ways === 0) return refuse('customerId', 'no-customer')
  if (ways > 1) return refuse('customerId', 'two-customers')
  if (customerId !== undefined) {
    const right = typeof customerId === 'number' && Number.isSafeInteger(customerId) && customerId > 0
    return right ? { kind: 'customer', key: String(customerId), source: '' } : refuse('customerId', 'bad-customer')
  }
  if (accountNo !== undefined)
    return isText(accountNo, 100) ? { kind: 'account', key: accountNo, source: '' } : refuse('accountNo', 'bad-text')
  if (email !== undefined) {
    const read = isText(email, 320) ? readEmail(email) : undefined
    return read?.valid ? { kind: 'email', key: read.address, source: '' } : refuse('email', 'bad-email')
  }
  if (phone !== undefined) {
    const read = isText(phone, 40) ? readPhoneAnywhere(phone, 'CN') : undefined
    return read?.valid ? { kind: 'phone', key: read.e164, source: '' } : refuse('phone', 'bad-phone')
  }
  if (source === undefined || !isText(source, 100))
    return refuse('source', source === undefined ? 'missing' : 'bad-text')
  if (rowKey === undefined || !isText(rowKey, 400))
    return refuse('rowKey', rowKey === undefined ? 'missing' : 'bad-text')
  return { kind: 'row', key: rowKey, source }
}
