/** One delivery: what is different is planned into the stream, then carried batch by batch; after each batch the number is written. */
import type { App } from '../../platform/app.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Cargo } from './carriers/carrier.ts'
import { carriers } from './carriers/index.ts'
import { planChanges } from './plan-changes.ts'
import { readChanges } from './read-changes.ts'
import type { Target } from './target.ts'
import { columnTypes, martOf, targetOf } from './targets.ts'
import { writeFileOf } from './write-file.ts'

/** Held so long without a sign of life, a target is free again: its process is gone. */
const HOLD_MS = 60_000
const BEAT_MS = 15_000

export const cargoOf = async (app: App, target: Target): Promise<Cargo> => {
  const mart = martOf(app, target.definition.mart)
  return { app, target, mart, types: await columnTypes(app, mart) }
}

/** False: somebody else is at it. */
async function hold(app: App, targetId: number, holder: string): Promise<boolean> {
  const now = new Date()
  const { numUpdatedRows } = await app.workflow.db
    .updateTable('giveback_targets')
    .set({ held_by: holder, held_until: new Date(now.getTime() + HOLD_MS) })
    .where('target_id', '=', targetId)
    .where(eb => eb.or([eb('held_by', 'is', null), eb('held_by', '=', holder), eb('held_until', '<', now)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const release = (app: App, targetId: number, holder: string): Promise<unknown> =>
  app.workflow.db
    .updateTable('giveback_targets')
    .set({ held_by: null, held_until: null })
    .where('target_id', '=', targetId)
    .where('held_by', '=', holder)
    .execute()

/** `busy`: another delivery works this target. `again`: temporary trouble, to be tried later. */
export type Outcome = 'done' | 'busy' | 'again' | 'failed' | 'stopped'

/** Tries, some minutes to an hour apart, add up to about a day; then a person must look. */
export const MOST_TRIES = 30

export async function deliver(app: App, deliveryId: number, signal?: AbortSignal): Promise<Outcome> {
  const { db } = app.workflow
  const delivery = await db
    .selectFrom('giveback_deliveries')
    .selectAll()
    .where('delivery_id', '=', deliveryId)
    .executeTakeFirst()
  if (!delivery || delivery.state === 'done' || delivery.state === 'failed') return 'done'
  const target = await targetOf(app, delivery.target_id).catch(() => undefined)
  if (!target || target.paused) {
    await finish('failed', target ? 'paused' : 'the target was taken away')
    return 'stopped'
  }
  // The same delivery started again after a kill has the same name, and need not wait for its own hold to lapse.
  const holder = `delivery ${deliveryId}`
  if (!(await hold(app, target.targetId, holder))) return 'busy'
  const beat = setInterval(() => void hold(app, target.targetId, holder).catch(() => undefined), BEAT_MS)
  try {
    const { from, to } = await planned(target)
    if (target.definition.place.kind === 'file') await carryFile(target, from, to)
    else if (target.definition.place.kind === 'feed') await note(target, to, {})
    else await carryRows(target, to)
    await finish('done', null)
    return 'done'
  } catch (error) {
    const said = error instanceof HuiyinError ? error.message : `${(error as Error).name}: ${(error as Error).message}`
    if (!(error instanceof HuiyinError)) app.log.error({ err: { message: said } }, 'giving back')
    const lasting = error instanceof HuiyinError && error.status < 500
    const over = lasting || delivery.tries + 1 >= MOST_TRIES
    await db
      .updateTable('giveback_deliveries')
      .set({
        state: over ? 'failed' : 'waiting',
        error: said.slice(0, 500),
        tries: delivery.tries + 1,
        ...(over ? { finished_at: new Date() } : {}),
      })
      .where('delivery_id', '=', deliveryId)
      .execute()
    return over ? 'failed' : 'again'
  } finally {
    clearInterval(beat)
    await release(app, target.targetId, holder)
  }

  async function finish(state: 'done' | 'failed', error: string | null): Promise<void> {
    await db
      .updateTable('giveback_deliveries')
      .set({ state, error, finished_at: new Date() })
      .where('delivery_id', '=', deliveryId)
      .execute()
  }

  /** A delivery plans once; started again it carries what is left. */
  async function planned(target: Target): Promise<{ from: number; to: number }> {
    if (delivery!.to_seq > 0) return { from: delivery!.from_seq, to: delivery!.to_seq }
    const to = await planChanges(app, target, delivery!.detail['full'] === true)
    await db
      .updateTable('giveback_deliveries')
      .set({ from_seq: target.delivered, to_seq: to, state: 'running', error: null })
      .where('delivery_id', '=', deliveryId)
      .execute()
    return { from: target.delivered, to }
  }

  async function note(
    target: Target,
    seq: number,
    counts: { upserts?: number; deletes?: number; detail?: Record<string, unknown> },
  ): Promise<void> {
    await app.workflow.transaction(async tx => {
      await tx
        .updateTable('giveback_targets')
        .set(eb => ({ delivered: eb.fn<number>('greatest', ['delivered', eb.val(seq)]) }))
        .where('target_id', '=', target.targetId)
        .execute()
      await tx
        .updateTable('giveback_deliveries')
        .set(eb => ({
          state: 'running' as const,
          upserts: eb('upserts', '+', counts.upserts ?? 0),
          deletes: eb('deletes', '+', counts.deletes ?? 0),
          batches: eb('batches', '+', 1),
          ...(counts.detail ? { detail: asJson(counts.detail) } : {}),
        }))
        .where('delivery_id', '=', deliveryId)
        .execute()
    })
  }

  async function carryFile(target: Target, fromSeq: number, toSeq: number): Promise<void> {
    const mart = martOf(app, target.definition.mart)
    const manifest = await writeFileOf(app, { target, mart, types: await columnTypes(app, mart), fromSeq, toSeq })
    await note(target, toSeq, { upserts: manifest.upserts, deletes: manifest.deletes, detail: { manifest } })
  }

  async function carryRows(target: Target, to: number): Promise<void> {
    const cargo = await cargoOf(app, target)
    const carrier = carriers[target.definition.place.kind]
    if (!carrier) throw new Error(`no carrier ${target.definition.place.kind}`)
    const { key } = cargo.mart
    const keyed = { targetId: target.targetId, keyIsCustomer: key.length === 1 && key[0] === 'customer_id' }
    const limit = carrier.batch(target.definition.place)
    const carriage = await carrier.open(cargo)
    try {
      for (let after = target.delivered; ; ) {
        signal?.throwIfAborted()
        const changes = await readChanges(app, keyed, { after, upTo: to, limit })
        if (changes.length === 0) break
        const refused = await carriage.send(changes)
        after = changes.at(-1)!.seq
        if (refused.length > 0)
          await db
            .insertInto('giveback_dead_letters')
            .values(
              refused.map(({ seq, reason }) => ({
                target_id: target.targetId,
                seq,
                delivery_id: deliveryId,
                reason: reason.slice(0, 500),
                at: new Date(),
              })),
            )
            .onConflict(conflict => conflict.doNothing())
            .execute()
        const dead = new Set(refused.map(({ seq }) => seq))
        const taken = changes.filter(({ seq }) => !dead.has(seq))
        const deletes = taken.filter(({ op }) => op === 'delete').length
        await note(target, after, { upserts: taken.length - deletes, deletes })
      }
      await note(target, to, {})
    } finally {
      await carriage.close().catch(() => undefined)
    }
  }
}
