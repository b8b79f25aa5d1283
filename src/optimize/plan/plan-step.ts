import { segmentNames } from '../../analyze/index.ts'
import type { Step } from '../../platform/app.ts'
import { dropRun } from '../../platform/stores/facts/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { controlParams } from '../control-group.ts'
import { collectOptions } from '../options/collect-options.ts'
import { channelsOf } from '../policy/contact-policy.ts'
import { contactPolicy, offers as readOffers } from '../settings.ts'
import { controlMembers, planAssignments, planChoices } from '../tables.ts'
import { writeChoices } from './choices.ts'
import { limitsOf } from './limits.ts'
import { makeView } from './plan-view.ts'
import { solvePlan } from './solve-plan.ts'
import { assignmentsSql, controlSql } from './spell-out-sql.ts'

/** Which offer by which channel to whom: options in the engine, allocation here, the plan back into the engine. */
export const planStep: Step = {
  id: 'plan',
  title: { en: 'Plan', zh: '优化方案' },
  resumes: false,
  writes: [controlMembers, planAssignments, planChoices],
  async run({ app, turn, runId, runOf, progress }) {
    const offers = await readOffers(app)
    const policy = await contactPolicy(app)
    const channels = channelsOf(policy)
    const limits = limitsOf(offers, policy, channels)
    const runs = {
      identityRun: runOf('identity'),
      featuresRun: runOf('features'),
      modelsRun: runOf('models'),
      segmentsRun: runOf('segments'),
    }
    const params = { ...runs, asOf: turn.asOf, ...controlParams(turn.asOf, policy.control_share) }
    const options = await collectOptions(app.facts, offers, policy, channels, params, (done, total) =>
      progress(done, total + 2, 'options'),
    )
    progress(1, 3, 'allocation')
    const solved = await solvePlan(options, offers, policy, channels, limits, app.config.threads)
    progress(2, 3, 'assignments')
    await writeChoices(app.facts, runId, options, solved)
    const spelling = {
      ...params,
      runId,
      offerIds: offers.map(o => o.id),
      categories: offers.map(o => o.category ?? ''),
      channels,
      unitCosts: channels.map(c => policy.channels[c]!.unit_cost_minor),
    }
    await app.facts.exec(assignmentsSql, spelling)
    await app.facts.exec(controlSql, spelling)
    await dropRun(app.facts, planChoices, String(runId))
    const view = await makeView(
      app.facts,
      { runId, segmentsRun: runs.segmentsRun },
      options,
      solved,
      limits,
      offers,
      policy,
      await segmentNames(app),
    )
    await app.workflow.transaction(async tx => {
      // A step that was killed after this point left a plan of a run that never became visible.
      await tx.deleteFrom('plans').where('turn_id', '=', turn.id).execute()
      await tx
        .insertInto('plans')
        .values({
          turn_id: turn.id,
          run_id: runId,
          as_of: turn.asOf,
          view: asJson<unknown>(view),
          prices: asJson(Object.fromEntries(limits.map((limit, r) => [limit.id, solved.price[r]!]))),
          basis: asJson({ offers, policy, runs, meanLiking: options.meanLiking }),
          made_at: new Date(),
        })
        .execute()
    })
    progress(3, 3)
    return {
      assigned: view.assigned,
      control: view.control,
      options: view.options,
      value: view.value,
      bound: view.bound,
      gap: view.gap,
      notPlanned: Object.fromEntries(view.notPlanned.map(row => [row.reason, row.customers])),
      ...(solved.relaxed.size > 0 ? { relaxed: [...solved.relaxed].join(', ') } : {}),
    }
  },
}
