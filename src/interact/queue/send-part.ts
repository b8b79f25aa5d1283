/**
 * One part over the network: hours, gate, claim, send, settle. Claims are in the ledger before the first message goes out and the
 * journal of the sender thread tells, after a kill, which of them were under way: those alone are uncertain.
 */
import { bytesOf, composedOf, dropPack, dropSpool, linkSecret, type ManifestRow } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import type { OutMessage, Verdict } from '../channels/channel.ts'
import { type ChannelRow, carrierOf } from '../channels/channel-store.ts'
import { returnPath } from '../channels/smtp/verp.ts'
import { refusals } from '../gate/gate.ts'
import { recordSettled } from '../record-settled.ts'
import { dropJournal, journalPath, openJournal, readJournal } from '../senders/journal.ts'
import { withPool } from '../senders/pools.ts'
import type { Sent } from '../senders/sender-pool.ts'
import { atGate } from './at-gate.ts'
import { diskFull } from './disk-full.ts'
import { hoursOf } from './hours.ts'
import { FINAL, type Known, knownStates, type LedgerEntry, record } from './ledger.ts'
import { channelDownNotice, downKey, over, tell } from './notices.ts'
import { BEAT_MS, hold, newHolder, openParts, type PartCounts, type PartRow, partOf, release } from './parts.ts'
import { noteProviderIds } from './provider-ids.ts'
import { keepCounts } from './run-counts.ts'
import { type DeliverySettings, readDeliverySettings } from './settings.ts'

/** When a part is to be looked at again; null: when a person says so; done: never. */
export type NextLook = Date | null | 'done'

const DOWN_SECONDS = [5, 15, 30, 60, 120, 300, 600]
const QUIET_MS = 10 * 60_000
/** Verdicts go into the ledger in blocks: an insert costs 8 ms, so a row 8 µs. */
const LEDGER_ROWS = 2000
const LEDGER_MS = 2000

const MINUTE = 60_000
/** A message put off is tried again after half the time the part has been waiting: soon at first, then less and less often. */
const LONGEST_RETRY_MS = 4 * 60 * MINUTE
const retryMs = (part: PartRow): number =>
  Math.min(LONGEST_RETRY_MS, Math.max(MINUTE, (Date.now() - part.created_at.getTime()) / 2))

const later = (ms: number): Date => new Date(Date.now() + ms)
const step = <T>(steps: readonly T[], at: number): T => steps[Math.min(at, steps.length - 1)] as T

export async function sendPart(app: App, runId: number, partition: number): Promise<NextLook> {
  const part = await partOf(app, runId, partition)
  if (!part || part.state === 'done' || part.state === 'stopped') return 'done'
  const channel = await carrierOf(app, part.channel)
  if (!channel || channel.paused) return null
  if (channel.not_before && channel.not_before > new Date()) return channel.not_before
  const holder = newHolder()
  if (!(await hold(app, part, holder))) return later(BEAT_MS)
  const beat = setInterval(() => void hold(app, part, holder).catch(() => undefined), BEAT_MS)
  let given: { counts?: PartCounts; nextAt: NextLook } = { nextAt: later(BEAT_MS) }
  try {
    given = await sendHeld(app, part, channel)
    return given.nextAt
  } catch (error) {
    // What went out stands in the ledger or in the journal; nothing more is begun until there is room.
    const down = diskFull(error)
    if (!down) throw error
    given = { nextAt: later(await channelFailed(app, channel, down)) }
    return given.nextAt
  } finally {
    clearInterval(beat)
    await release(app, part, given)
    if (given.nextAt === 'done') await endPart(app, part)
  }
}

async function sendHeld(
  app: App,
  part: PartRow,
  channel: ChannelRow,
): Promise<{ counts: PartCounts; nextAt: NextLook }> {
  const rows = await composedOf(app, part.compose_run, part.partition)
  const settings = await readDeliverySettings(app)
  const known = await knownStates(app, part.run_id, rows)
  const ledger = openLedger(app, part, channel, rows, known)
  await recover(app, part, rows, known, ledger)
  const open = rows.filter(row => !FINAL.has(known.get(row.communication_id)?.state ?? ''))
  const looks: number[] = []
  const { waits } = await hoursOf(
    app,
    part,
    settings,
    part.channel,
    open.map(row => row.customer_id),
  )
  const inHours = open.filter(row => !waits.has(row.customer_id))
  if (waits.size > 0) looks.push(Math.min(...waits.values()))
  const passed = await throughGate(app, part, inHours, ledger, looks)
  const sent = await send(app, part, channel, passed, ledger, settings, looks)
  await ledger.flush()
  dropJournal(journalPath(app.config.dataDir, part.run_id, part.partition))
  await recordSettled(app, { runId: part.run_id, asOf: part.as_of }, rows)
  const counts = ledger.counts()
  if (sent.down) {
    looks.length = 0
    looks.push(await channelFailed(app, channel, sent.down))
  } else if (passed.length > 0 && !sent.halted) await channelWorks(app, channel)
  const through = counts.settled + counts.refused + counts.failed + counts.uncertain
  if (through >= rows.length) return { counts, nextAt: 'done' }
  if (sent.halted) return { counts, nextAt: null }
  return { counts, nextAt: later(looks.length > 0 ? Math.max(1000, Math.min(...looks)) : 60_000) }
}

interface OpenLedger {
  known: Map<string, Known>
  note(row: ManifestRow, verdict: Pick<LedgerEntry, 'state' | 'reason' | 'receipt'>, attempt: number): void
  flush(): Promise<void>
  counts(): PartCounts
}

/** Rows gathered into blocks, and what holds of each message after them. */
function openLedger(
  app: App,
  part: PartRow,
  channel: ChannelRow,
  rows: readonly ManifestRow[],
  known: Map<string, Known>,
): OpenLedger {
  let waiting: LedgerEntry[] = []
  let writing: Promise<void> = Promise.resolve()
  let startedAt = Date.now()
  const write = (): Promise<void> => {
    const block = waiting
    waiting = []
    startedAt = Date.now()
    writing = writing.then(() => record(app, part.run_id, block))
    // A failed insert is met at the next flush; the journal still knows.
    writing.catch(() => undefined)
    return writing
  }
  return {
    known,
    note(row, verdict, attempt) {
      known.set(row.communication_id, { state: verdict.state, attempt })
      waiting.push({
        communicationId: row.communication_id,
        customerId: row.customer_id,
        channel: row.channel,
        transport: channel.kind,
        attempt,
        at: new Date(),
        ...verdict,
      })
      if (waiting.length >= LEDGER_ROWS || Date.now() - startedAt > LEDGER_MS) void write()
    },
    flush: write,
    counts() {
      const counts: PartCounts = { settled: 0, refused: 0, failed: 0, uncertain: 0 }
      for (const row of rows) {
        const state = known.get(row.communication_id)?.state
        if (state && state in counts) counts[state as keyof PartCounts]++
      }
      return counts
    },
  }
}

/** What a killed process had claimed: settled, uncertain or untouched, as its journal says. */
async function recover(
  app: App,
  part: PartRow,
  rows: readonly ManifestRow[],
  known: Map<string, Known>,
  ledger: OpenLedger,
): Promise<void> {
  const claimed = rows.filter(row => known.get(row.communication_id)?.state === 'claimed')
  if (claimed.length === 0) return
  const journal = readJournal(journalPath(app.config.dataDir, part.run_id, part.partition))
  for (const row of claimed) {
    const id = row.communication_id
    const { attempt } = known.get(id)!
    const verdict = journal?.verdicts.get(id)
    if (verdict) ledger.note(row, entryOf(verdict), attempt)
    else if (!journal || journal.underWay.has(id))
      ledger.note(row, { state: 'uncertain', reason: 'killed', receipt: '' }, attempt)
    // Claimed and never begun: as if it had not been.
    else known.set(id, { state: 'deferred', attempt })
  }
  await ledger.flush()
}

const entryOf = (verdict: Verdict): Pick<LedgerEntry, 'state' | 'reason' | 'receipt'> =>
  verdict.state === 'settled'
    ? { state: 'settled', reason: '', receipt: verdict.receipt }
    : { state: verdict.state, reason: verdict.reason, receipt: verdict.detail }

async function throughGate(
  app: App,
  part: PartRow,
  rows: readonly ManifestRow[],
  ledger: OpenLedger,
  looks: number[],
): Promise<ManifestRow[]> {
  if (rows.length === 0) return []
  const refused = await refusals(app, { identityRun: part.identity_run, asOf: part.as_of }, rows.map(atGate))
  return rows.filter(row => {
    const reason = refused.get(row.communication_id)
    if (reason === undefined) return true
    // The night ends; everything else does not change by waiting.
    if (reason === 'quiet-hours') looks.push(QUIET_MS)
    else ledger.note(row, { state: 'refused', reason, receipt: '' }, attemptOf(ledger, row))
    return false
  })
}

const attemptOf = (ledger: OpenLedger, row: ManifestRow): number =>
  (ledger.known.get(row.communication_id)?.attempt ?? 0) + 1

async function send(
  app: App,
  part: PartRow,
  channel: ChannelRow,
  rows: readonly ManifestRow[],
  ledger: OpenLedger,
  settings: DeliverySettings,
  looks: number[],
): Promise<Sent> {
  await ledger.flush()
  if (rows.length === 0) return { halted: false }
  const attempts = new Map(rows.map(row => [row.communication_id, attemptOf(ledger, row)]))
  const journal = journalPath(app.config.dataDir, part.run_id, part.partition)
  // Before the claims: a kill between the two, without a journal of this boot, made the whole part uncertain.
  openJournal(journal).close()
  const claimedAt = new Date()
  await record(
    app,
    part.run_id,
    rows.map(row => ({
      communicationId: row.communication_id,
      customerId: row.customer_id,
      channel: row.channel,
      state: 'claimed',
      reason: '',
      transport: channel.kind,
      receipt: '',
      attempt: attempts.get(row.communication_id)!,
      at: claimedAt,
    })),
  )
  const byId = new Map(rows.map(row => [row.communication_id, row]))
  const receipts: { row: ManifestRow; receipt: string }[] = []
  const untouched = new Set(byId.keys())
  // The bytes change hands and are not held here while they are sent: a part is 35 MB.
  const sent = await withPool(app, channel, async pool =>
    pool.send(journal, await outMessages(app, part, channel, rows), verdicts => {
      for (const [id, verdict] of verdicts) {
        const row = byId.get(id)!
        const attempt = attempts.get(id)!
        untouched.delete(id)
        const entry = givenUp(part, entryOf(verdict), settings)
        ledger.note(row, entry, attempt)
        if (entry.state === 'deferred' && verdict.state === 'deferred') looks.push(verdict.afterMs || retryMs(part))
        if (verdict.state === 'settled' && verdict.receipt !== '') receipts.push({ row, receipt: verdict.receipt })
      }
    }),
  )
  // Claimed and not begun: a row that says so; the next claim is another try in the ledger.
  for (const id of untouched) {
    const reason = sent.halted ? 'halted' : 'not-begun'
    ledger.note(byId.get(id)!, { state: 'deferred', reason, receipt: '' }, attempts.get(id)!)
  }
  await noteProviderIds(app, channel, receipts)
  return sent
}

/** Put off so long that it would come too late. */
function givenUp(
  part: PartRow,
  entry: Pick<LedgerEntry, 'state' | 'reason' | 'receipt'>,
  { giveUpHours }: DeliverySettings,
): Pick<LedgerEntry, 'state' | 'reason' | 'receipt'> {
  const tooLate = Date.now() - part.created_at.getTime() > giveUpHours * 60 * MINUTE
  if (entry.state !== 'deferred' || entry.reason === 'channel-down' || !tooLate) return entry
  return { state: 'failed', reason: 'expired', receipt: `${entry.reason} ${entry.receipt}`.trim() }
}

async function outMessages(
  app: App,
  part: PartRow,
  channel: ChannelRow,
  rows: readonly ManifestRow[],
): Promise<OutMessage[]> {
  const [bytes, secret] = await Promise.all([
    bytesOf(app, part.compose_run, part.partition, rows),
    part.channel === 'email' ? linkSecret(app) : null,
  ])
  const bounceDomain = String(channel.settings['bounceDomain'] ?? '')
  return rows.map(row => ({
    id: row.communication_id,
    customerId: row.customer_id,
    address: row.address,
    kind: row.kind,
    class: row.class,
    offer: row.offer,
    language: row.language,
    returnPath: secret && bounceDomain ? returnPath(secret, row.communication_id, bounceDomain) : '',
    bytes: bytes.get(row.communication_id)!,
  }))
}

/** The other parts of this channel wait as well; the operator is told once. Returns for how long. */
async function channelFailed(app: App, channel: ChannelRow, down: NonNullable<Sent['down']>): Promise<number> {
  const wait = step(DOWN_SECONDS, channel.setbacks) * 1000
  await app.workflow.db
    .updateTable('delivery_channels')
    .set(eb => ({ not_before: later(wait), setbacks: eb('setbacks', '+', 1) }))
    .where('channel_id', '=', channel.channel_id)
    .where(eb => eb.or([eb('not_before', 'is', null), eb('not_before', '<', new Date())]))
    .execute()
  const text = channelDownNotice(channel.name, down.reason, down.detail)
  await tell(app, { key: downKey(channel.channel_id), channelId: channel.channel_id, text })
  return wait
}

async function channelWorks(app: App, channel: ChannelRow): Promise<void> {
  if (channel.setbacks === 0) return
  await app.workflow.db
    .updateTable('delivery_channels')
    .set({ not_before: null, setbacks: 0 })
    .where('channel_id', '=', channel.channel_id)
    .execute()
  await over(app, downKey(channel.channel_id))
}

async function endPart(app: App, part: PartRow): Promise<void> {
  await dropPack(app, part.compose_run, part.partition)
  if ((await openParts(app, part.run_id)) > 0) return
  await keepCounts(app, part.run_id)
  await dropSpool(app, part.compose_run)
}
