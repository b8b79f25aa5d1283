/** An approved letter into the ledger and the spool, from the data that were approved; delivery takes it from there. */
import type { App } from '../../platform/app.ts'
import { writeLedger } from '../archive/write-ledger.ts'
import type { Outcome } from '../compose/outcome.ts'
import { documentsOf, ledgerRows } from '../compose-part.ts'
import { composers } from '../composers.ts'
import type { Message } from '../data/message-data.ts'
import { writePack } from '../spool.ts'
import { templateVersion } from '../template-store.ts'
import { letterErrors } from './errors.ts'
import { type Letter, letterCommunicationId, moveLetter, noteStep } from './letter-store.ts'
import { wholeVersion } from './whole-version.ts'

/** Letters have run numbers of their own, so that a turn's counts stay the turn's: one a letter, above every other run's. */
export const LETTER_RUNS_FROM = 4_000_000_000
export const letterRun = (id: number): number => LETTER_RUNS_FROM + id

/** Those approved, and those a killed process had begun with. */
export async function lettersToSend(app: Pick<App, 'workflow'>): Promise<number[]> {
  const rows = await app.workflow.db
    .selectFrom('letters')
    .select('id')
    .where('state', 'in', ['approved', 'sending'])
    .orderBy('decided_at')
    .limit(500)
    .execute()
  return rows.map(row => row.id)
}

/** May run twice: a letter that is in the ledger is not composed again. False: somebody else has sent it, or nobody approved it. */
export async function composeLetter(app: App, letter: Letter): Promise<boolean> {
  const { id, frozen } = letter
  if (!frozen || !['approved', 'sending'].includes(letter.state)) return false
  const communicationId = letterCommunicationId(id)
  const runId = letterRun(id)
  await moveLetter(app, id, ['approved', 'sending'], 'sending', { communication_id: communicationId, run_id: runId })
  const { n } = await app.facts.one<{ n: number }>(
    'SELECT count() AS n FROM communications WHERE run_id = {runId:UInt64}',
    { runId },
  )
  if (n > 0) return true
  const stored = await templateVersion(app, frozen.template, frozen.version)
  const version = await wholeVersion(app, stored.content, frozen.data)
  const [outcome] = await composers(app).compose(version, [frozen.data])
  if (outcome?.state !== 'composed' || outcome.sha256 !== letter.sha256)
    throw letterErrors['letters.not-as-approved']({
      letter: id,
      now: outcome?.state === 'composed' ? outcome.sha256 : (outcome?.detail ?? ''),
      approved: letter.sha256 ?? '',
    })
  const message: Message = {
    planned: {
      id: communicationId,
      customerId: letter.customerId,
      campaignId: 0,
      wave: 0,
      kind: letter.kind,
      channel: letter.channel,
      copy: false,
      offer: '',
      productCode: '',
      reason: '',
      why: '',
    },
    language: frozen.language,
    address: frozen.address,
    data: frozen.data,
  }
  const outcomes = new Map<Message, Outcome>([[message, outcome]])
  const documents = documentsOf([message], outcomes)
  await writePack(app, runId, 0, documents)
  await writeLedger(app, ledgerRows(runId, 0, stored, [message], outcomes), documents)
  return true
}

export async function letterSent(app: Pick<App, 'workflow'>, id: number): Promise<void> {
  if (await moveLetter(app, id, ['sending'], 'sent')) await noteStep(app, id, 0, 'sent')
}
