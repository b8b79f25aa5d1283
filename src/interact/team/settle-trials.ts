/** A trial ends by itself: when its measure is decided (a p value that may be looked at any time), or when its calls or its day are reached. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { peopleWho } from '../../platform/auth/users.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import type { Text } from '../../platform/text.ts'
import { tellStaff } from '../staff-notices/notices.ts'
import type { TrialMeasure } from './trial-measures.ts'
import type { Trial } from './trial-of-task.ts'
import { resultOf, type TrialResult } from './trial-result.ts'

/** Equal scripts are called different in at most so many trials, however often they are looked at. */
export const DECIDED_P = 0.05

export type Ending = 'evidence' | 'calls' | 'day'

/** Why a trial is at its end; null: it goes on. */
export function endingOf(
  trial: Pick<Trial, 'measure' | 'planned' | 'until'>,
  result: Pick<TrialResult, 'calls' | 'measures'>,
  today: string,
): Ending | null {
  const measure = result.measures.find(one => one.measure === trial.measure)
  if (measure && measure.p <= DECIDED_P) return 'evidence'
  if (result.calls.a + result.calls.b >= trial.planned) return 'calls'
  return trial.until !== null && today > trial.until ? 'day' : null
}

export async function settleTrials(app: App, today = new Date().toISOString().slice(0, 10)): Promise<number[]> {
  const { db } = app.workflow
  const live = await db.selectFrom('script_trials').selectAll().where('state', '=', 'live').execute()
  const ended: number[] = []
  for (const trial of live) {
    const result = await resultOf(app, trial)
    const ending = endingOf(trial, result, today)
    if (ending === null) continue
    const closed = await db
      .updateTable('script_trials')
      .set({ state: 'closed', ended: ending, closed_at: new Date() })
      .where('trial_id', '=', trial.trial_id)
      .where('state', '=', 'live')
      .returning('trial_id')
      .executeTakeFirst()
    if (!closed) continue
    ended.push(trial.trial_id)
    const leads = await peopleWho(app, 'team.write')
    await tellStaff(
      app,
      leads.map(lead => lead.userId),
      noticeOf(trial, result, ending),
    )
  }
  if (live.length === ended.length) await app.jobs.unschedule(settleTrialsJob)
  return ended
}

const measureNames: Record<TrialMeasure, Text> = {
  contact: { en: 'contact', zh: '接通率' },
  completion: { en: 'completion', zh: '完成率' },
  conversion: { en: 'conversion', zh: '成交率' },
  fields: { en: 'key fields', zh: '关键信息率' },
}

function noticeOf(trial: Trial, { calls, measures }: TrialResult, ending: Ending) {
  const { lift, p } = measures.find(one => one.measure === trial.measure)!
  const name = measureNames[trial.measure]
  const better = (lift?.difference ?? 0) > 0 ? 'B' : 'A'
  const points = (100 * Math.abs(lift?.difference ?? 0)).toFixed(1)
  const why: Record<Ending, Text> = {
    evidence: {
      en: `${better} is better in ${name.en} by ${points} points (p ${p.toFixed(4)}).`,
      zh: `${name.zh}方面 ${better} 更好，相差 ${points} 个百分点（p ${p.toFixed(4)}）。`,
    },
    calls: {
      en: `The planned number of calls is reached; no difference in ${name.en} is shown (p ${p.toFixed(3)}).`,
      zh: `已达计划通话数，${name.zh}未见差异（p ${p.toFixed(3)}）。`,
    },
    day: {
      en: `Its last day is over; no difference in ${name.en} is shown (p ${p.toFixed(3)}).`,
      zh: `已过截止日期，${name.zh}未见差异（p ${p.toFixed(3)}）。`,
    },
  }
  const total = calls.a + calls.b
  return {
    about: `trial/${trial.trial_id}/ended`,
    title: { en: `Trial ended: ${trial.name}`, zh: `试验已结束：${trial.name}` },
    says: {
      en: `${why[ending].en} ${total} calls. Say which script is kept.`,
      zh: `${why[ending].zh}共 ${total} 通通话，请决定保留哪个话术。`,
    },
    path: '/team?tab=trials',
  }
}

export const settleTrialsJob: JobDefinition = defineJob({
  name: 'interact.settle-trials',
  version: 1,
  schema: z.object({}),
  retry: { limit: 1, delaySeconds: 60 },
  async handle(_, { services: { app } }) {
    await settleTrials(app)
  },
}) as JobDefinition
