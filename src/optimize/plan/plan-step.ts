import type { Step } from '../../platform/app.ts'
import { dropRun } from '../../platform/stores/facts/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { notices, noticesOn } from '../notices/notices.ts'
import { planNotices } from '../notices/plan-notices.ts'
import { planLimitsOf } from '../offers/plan-limits.ts'
import { withMeasured } from '../policy/measured-capacity.ts'
import { offersVersion, policyVersion } from '../policy/policy-versions.ts'
import { approveByTurn } from '../scenarios/approvals.ts'
import { dropOldOptions, keepOptions } from '../scenarios/keep-options.ts'
import { keptInputs } from '../scenarios/kept-inputs.ts'
import { planOptions } from '../scenarios/tables.ts'
import { contactPolicy, offers as readOffers } from '../settings.ts'
import { learnCalibration, usesCalibration } from '../shrinkage/learn.ts'
import { controlMembers, planAssignments, planChoices, planNotices as planNoticesTable } from '../tables.ts'
import { owedWaves } from '../waves.ts'
import { writeChoices } from './choices.ts'
import { buildPlanInput, type PlanInputs, runParams } from './plan-input.ts'
import { makeView } from './plan-view.ts'
import { solvePlan } from './solve-plan.ts'
import { assignmentsSql, controlSql } from './spell-out-sql.ts'

/** Which offer by which channel to whom: options in the engine, allocation here, the plan back into the engine. */
export const planStep: Step = {
  id: 'plan',
  title: { en: 'Plan', zh: '优化方案' },
  resumes: false,
  writes: [controlMembers, planAssignments, planNoticesTable, planChoices, planOptions],
  async run({ app, turn, runId, runOf, progress }) {
    const offers = await readOffers(app)
    const policy = await withMeasured(app, await contactPolicy(app))
    const runs = {
      identityRun: runOf('identity'),
      featuresRun: runOf('features'),
      modelsRun: runOf('models'),
      segmentsRun: runOf('segments'),
    }
    // Legal mail first: it must go, and offers get what it leaves.
    const current = noticesOn(await notices(app), turn.asOf)
    const legal = await planNotices(app.facts, runId, current, runs)
    const letters = legal.reduce((n, { planned }) => n + planned, 0)
    const promised = await owedWaves(app, turn.id)
    const learned = (await usesCalibration(app)) ? await learnCalibration(app, turn.asOf) : null
    const first = {
      ...(learned ? { calibration: learned } : {}),
      ...(promised.length > 0 ? { promised } : {}),
      ...(letters > 0 ? { noticesRun: runId, noticesBy: { letter: letters } } : {}),
    }
    const inputs: PlanInputs = { runs, asOf: turn.asOf, offers, policy, limits: planLimitsOf(policy), ...first }
    const input = await buildPlanInput(app, inputs, {
      progress: (done, total) => progress(done, total + 2, 'options'),
    })
    const { options } = input
    progress(1, 3, 'allocation')
    const solved = await solvePlan(input, { threads: app.config.threads })
    progress(2, 3, 'assignments')
    await writeChoices(app.facts, runId, input, solved)
    const spelling = {
      ...runParams(inputs),
      runId,
      offerIds: offers.map(o => o.id),
      categories: offers.map(o => o.category ?? ''),
      channels: input.axes.channels,
      unitCosts: input.axes.channels.map(c => policy.channels[c]!.unit_cost_minor),
    }
    await app.facts.exec(assignmentsSql, spelling)
    await app.facts.exec(controlSql, spelling)
    await dropRun(app.facts, planChoices, String(runId))
    const kept = keptInputs(input, solved)
    await keepOptions(app.facts, runId, options, capsOf(options), solved.solution.chosen)
    await dropOldOptions(app.facts)
    const view = {
      ...(await makeView(app.facts, runId, input, solved)),
      notices: legal.map(row => ({ ...row, name: current.find(n => n.id === row.notice)!.name })),
    }
    const versions = { policy_version: await policyVersion(app), offers_version: await offersVersion(app) }
    await app.workflow.transaction(async tx => {
      // A step that was killed after this point left a plan of a run that never became visible.
      await tx.deleteFrom('plans').where('turn_id', '=', turn.id).execute()
      const { id } = await tx
        .insertInto('plans')
        .values({
          turn_id: turn.id,
          run_id: runId,
          as_of: turn.asOf,
          view: asJson<unknown>(view),
          prices: asJson(Object.fromEntries(solved.limits.map((limit, r) => [limit.id, solved.price[r]!]))),
          basis: asJson({
            offers,
            policy,
            runs: inputs.runs,
            limits: inputs.limits,
            meanLiking: input.meanLiking,
            answers: input.answers,
            first,
          }),
          made_at: new Date(),
          inputs: asJson(kept),
          ...versions,
          scenario_id: null,
          base_plan: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await approveByTurn(tx, id, turn.id)
    })
    progress(3, 3)
    return {
      assigned: view.assigned,
      control: view.control,
      options: view.options,
      value: view.value,
      bound: view.bound,
      gap: view.gap,
      notices: letters,
      notPlanned: Object.fromEntries(view.notPlanned.map(row => [row.reason, row.customers])),
      ...(solved.relaxed.size > 0 ? { relaxed: [...solved.relaxed].join(', ') } : {}),
    }
  },
}

/** Options a customer may get: none in the control group. */
function capsOf({ control }: { control: Uint8Array }): Uint8Array {
  return control.map(held => (held === 1 ? 0 : 1))
}
