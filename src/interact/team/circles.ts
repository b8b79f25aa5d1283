import type { Selectable } from 'kysely'
import { type ShareDifference, shareDifference } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import { asJson, type WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { type CircleBody, type CircleMeasure, type CircleState, circleStates } from './circle.ts'
import { countCalls } from './counts.ts'
import { teamErrors } from './errors.ts'
import { type Share, type Shares, sharesOf } from './shares.ts'

export type Circle = Selectable<WorkflowSchema['improvement_circles']>

export async function addCircle(
  { workflow }: Pick<App, 'workflow'>,
  { body, follows, userId }: { body: CircleBody; follows: number | null; userId: number },
): Promise<number> {
  const now = new Date()
  const { circle_id } = await workflow.db
    .insertInto('improvement_circles')
    .values({ state: 'plan', body: asJson(body), follows, created_by: userId, created_at: now, changed_at: now })
    .returning('circle_id')
    .executeTakeFirstOrThrow()
  return circle_id
}

export async function circleById({ workflow }: Pick<App, 'workflow'>, circleId: number): Promise<Circle> {
  const row = await workflow.db
    .selectFrom('improvement_circles')
    .selectAll()
    .where('circle_id', '=', circleId)
    .executeTakeFirst()
  if (!row) throw teamErrors['team.no-circle']({ circle: circleId })
  return row
}

export async function changeCircle(app: Pick<App, 'workflow'>, circleId: number, body: CircleBody, userId: number) {
  const before = await circleById(app, circleId)
  await app.workflow.db
    .updateTable('improvement_circles')
    .set({ body: asJson(body), changed_at: new Date() })
    .where('circle_id', '=', circleId)
    .execute()
  const parts = (['title', 'plan', 'do', 'act'] as const).filter(
    part => JSON.stringify(body[part]) !== JSON.stringify(before.body[part]),
  )
  if (parts.length > 0) await note(app, circleId, { kind: 'changed', text: parts.join(', '), userId })
}

export async function note(
  { workflow }: Pick<App, 'workflow'>,
  circleId: number,
  { kind, text, userId }: { kind: string; text: string; userId: number },
): Promise<void> {
  await workflow.db
    .insertInto('improvement_notes')
    .values({ circle_id: circleId, kind, text, by_user: userId, at: new Date() })
    .execute()
}

/** On, or back, by any number of steps; what a step rests on has to be there. */
export async function moveCircle(app: Pick<App, 'workflow'>, circleId: number, state: CircleState, userId: number) {
  const { body } = await circleById(app, circleId)
  const at = circleStates.indexOf(state)
  const missing =
    at >= 1 && body.do.what === '' && body.do.trialId === null
      ? 'In words / 说明'
      : at >= 2 && body.do.from === null
        ? 'In force from / 生效日期'
        : at >= 3 && body.act.decision === null
          ? 'Decision / 决定'
          : null
  if (missing !== null) throw teamErrors['team.circle-early']({ state, missing })
  await app.workflow.db
    .updateTable('improvement_circles')
    .set({ state, changed_at: new Date() })
    .where('circle_id', '=', circleId)
    .execute()
  await note(app, circleId, { kind: state, text: '', userId })
}

export interface CircleCheck {
  before: Share & { from: string; to: string }
  after: Share & { from: string; to: string }
  change: ShareDifference | null
}

const DAY_MS = 86_400_000
const MOST_DAYS = 56
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
const measured: Record<CircleMeasure, (shares: Shares) => { share: Share; yes: number }> = {
  contact: ({ contact, reached }) => ({ share: contact, yes: reached }),
  completion: ({ completion, completed }) => ({ share: completion, yes: completed }),
  conversion: ({ conversion, accepted }) => ({ share: conversion, yes: accepted }),
  fields: ({ telling, told }) => ({ share: telling, yes: told }),
}

/** The measure since the change and over as many days before it, from the calls themselves; null before there is a day of the change. */
export async function checkOf(app: App, { plan, do: done }: CircleBody, now = Date.now()): Promise<CircleCheck | null> {
  if (done.from === null) return null
  const start = Date.parse(done.from)
  const end = Math.min(Date.parse(dayOf(now)), start + (MOST_DAYS - 1) * DAY_MS)
  if (end < start) return null
  const days = Math.round((end - start) / DAY_MS) + 1
  const periods = {
    before: { from: dayOf(start - days * DAY_MS), to: dayOf(start - DAY_MS) },
    after: { from: done.from, to: dayOf(end) },
  }
  const figure = async (period: { from: string; to: string }) => {
    const [counts] = await countCalls(app, { ...period, by: 'all', list: plan.list })
    const none = { calls: 0, reached: 0, completed: 0, accepted: 0, told: 0, fields: 0, hours: 0 }
    return { ...measured[plan.measure](sharesOf(counts ?? none)), period }
  }
  const [before, after] = await Promise.all([figure(periods.before), figure(periods.after)])
  return {
    before: { ...before.share, ...before.period },
    after: { ...after.share, ...after.period },
    change: shareDifference({ yes: after.yes, of: after.share.of }, { yes: before.yes, of: before.share.of }),
  }
}
