/** The queue: parts of what was composed that go out over the network, and who holds which. */
import { randomUUID } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import type { WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import type { DeliverPart } from '../deliver-part.ts'

export type PartRow = Selectable<WorkflowSchema['delivery_parts']>
type Store = Pick<App, 'workflow'>

/** This process. The embedded store belongs to one process at a time: what another one holds there is held by the dead. */
const PROCESS = randomUUID()
export const newHolder = (): string => `${PROCESS}/${randomUUID()}`

/** Free to be taken: held by nobody, or by somebody who is gone. */
const isFree = (kind: Store['workflow']['kind']) => {
  const lapsed = sql<boolean>`(held_by IS NULL OR held_until < now())`
  return kind === 'embedded' ? sql<boolean>`(${lapsed} OR held_by NOT LIKE ${`${PROCESS}/%`})` : lapsed
}

/** Without a sign of life for so long, a part's holder is gone. */
const HOLD_MS = 60_000
export const BEAT_MS = 15_000

/** What the law or a contract wants sent goes first. */
const PRIORITY: Record<string, number> = { legal: 20, service: 10, offer: 0 }
export const priorityOf = (kind: string): number => PRIORITY[kind] ?? 0

export interface QueuedPart extends DeliverPart {
  channel: string
  class: string
  messages: number
}

/** The same part queued twice is one. */
export async function queueParts({ workflow }: Store, parts: readonly QueuedPart[]): Promise<void> {
  const now = new Date()
  for (let from = 0; from < parts.length; from += 1000)
    await workflow.db
      .insertInto('delivery_parts')
      .values(
        parts.slice(from, from + 1000).map(part => ({
          run_id: part.runId,
          partition: part.partition,
          turn_id: part.turnId,
          as_of: part.asOf,
          compose_run: part.composeRun,
          identity_run: part.identityRun,
          campaign_run: part.campaignRun,
          channel: part.channel,
          priority: priorityOf(part.class),
          messages: part.messages,
          settled: 0,
          refused: 0,
          failed: 0,
          uncertain: 0,
          state: 'waiting' as const,
          next_at: now,
          held_by: null,
          held_until: null,
          created_at: now,
          done_at: null,
        })),
      )
      .onConflict(conflict => conflict.columns(['run_id', 'partition']).doNothing())
      .execute()
}

export async function queuedPartitions({ workflow }: Store, runId: number): Promise<number[]> {
  const rows = await workflow.db.selectFrom('delivery_parts').select('partition').where('run_id', '=', runId).execute()
  return rows.map(row => row.partition)
}

export const partOf = ({ workflow }: Store, runId: number, partition: number): Promise<PartRow | undefined> =>
  workflow.db
    .selectFrom('delivery_parts')
    .selectAll()
    .where('run_id', '=', runId)
    .where('partition', '=', partition)
    .executeTakeFirst()

/** False: somebody else is at it, or it is done or stopped. A holder takes it again and again, as a sign of life. */
export async function hold({ workflow }: Store, part: PartRow, holder: string): Promise<boolean> {
  const now = new Date()
  const { numUpdatedRows } = await workflow.db
    .updateTable('delivery_parts')
    .set({ held_by: holder, held_until: new Date(now.getTime() + HOLD_MS), state: 'sending' })
    .where('run_id', '=', part.run_id)
    .where('partition', '=', part.partition)
    .where('state', 'in', ['waiting', 'sending'])
    .where(eb => eb.or([isFree(workflow.kind), eb('held_by', '=', holder)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export interface PartCounts {
  settled: number
  refused: number
  failed: number
  uncertain: number
}

/** Gives a part back: done, or to be gone on with later. One that was stopped meanwhile stays stopped. */
export async function release(
  { workflow }: Store,
  part: PartRow,
  { counts, nextAt }: { counts?: PartCounts; nextAt: Date | null | 'done' },
): Promise<void> {
  await workflow.db
    .updateTable('delivery_parts')
    .set(eb => ({
      ...counts,
      state:
        nextAt === 'done'
          ? ('done' as const)
          : sql<'waiting' | 'stopped'>`CASE WHEN ${eb.ref('state')} = 'stopped' THEN 'stopped' ELSE 'waiting' END`,
      next_at: nextAt === 'done' ? null : nextAt,
      done_at: nextAt === 'done' ? new Date() : null,
      held_by: null,
      held_until: null,
    }))
    .where('run_id', '=', part.run_id)
    .where('partition', '=', part.partition)
    .execute()
}

/** Parts that wait, are due and held by nobody: what a killed process left, and what a person resumed. */
export const dueParts = ({ workflow }: Store, channel?: string): Promise<PartRow[]> =>
  workflow.db
    .selectFrom('delivery_parts')
    .selectAll()
    .where('state', 'in', ['waiting', 'sending'])
    .where(eb => eb.or([eb('next_at', '<=', new Date()), eb('state', '=', 'sending')]))
    .where(isFree(workflow.kind))
    .$if(channel !== undefined, query => query.where('channel', '=', channel ?? ''))
    .orderBy('priority', 'desc')
    .orderBy('run_id')
    .orderBy('partition')
    .limit(20_000)
    .execute()

/** The run's parts that are not through. */
export async function openParts({ workflow }: Store, runId: number): Promise<number> {
  const { open } = await workflow.db
    .selectFrom('delivery_parts')
    .select(eb => eb.fn.countAll<number>().as('open'))
    .where('run_id', '=', runId)
    .where('state', '!=', 'done')
    .executeTakeFirstOrThrow()
  return Number(open)
}
