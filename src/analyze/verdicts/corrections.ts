import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import { daysBefore } from '../models/dates.ts'
import { newestReleased } from '../needs/versions.ts'
import { backtestModelsJob } from '../registry/jobs.ts'
import { churnSettings } from '../registry/plan-training.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { segmentNames } from '../segment-names.ts'
import { ruleInWords } from '../segments/in-words.ts'
import { catalogueOf } from '../segments/rule-catalogue.ts'
import { startTrial } from '../segments/trial/trials.ts'
import { type Person, startDraft } from '../segments/versions/drafts.ts'
import { askApproval, refuseRefuted } from '../segments/versions/release.ts'
import { type CustomerModelVerdict, customerModelVerdict } from './customer-model.ts'
import { verdictErrors } from './errors.ts'
import { evidenceInWords, needInWords, whole } from './in-words.ts'
import type { JudgedEvidence } from './judge-segments.ts'
import { pendingCorrections } from './pending.ts'
import { correctedRules, splitOf } from './propose.ts'
import type { CorrectionChange, CorrectionKind, HeldBefore } from './workflow-tables.ts'

export interface Subject {
  /** segment: its rules, or the model that is off in it · score: the churn model · need */
  kind: 'segment' | 'score' | 'need'
  code: string
}

interface Prepared {
  kind: CorrectionKind
  subject: string
  evidence: Text
  change: CorrectionChange
  versionId?: number
  trialId?: number
  before?: HeldBefore
}

/** Makes the correction that the evidence speaks for, tries it on the past, and asks another person to approve it. */
export async function proposeCorrection(app: App, subject: Subject, who: Person): Promise<number> {
  await refuseWaiting(app, subject.code)
  const verdict = await customerModelVerdict(app)
  const { asOf } = await runsOfTurn(app)
  const prepared =
    subject.kind === 'segment'
      ? await forSegment(app, verdict, subject.code, asOf, who)
      : subject.kind === 'need'
        ? await forNeed(app, verdict, subject.code)
        : await forScore(app, verdict, subject.code)
  if (!prepared) throw verdictErrors['analyze.nothing-to-correct']({ subject: subject.code })
  await refuseWaiting(app, prepared.subject)
  const { id } = await app.workflow.db
    .insertInto('model_corrections')
    .values({
      ...{ kind: prepared.kind, target: prepared.subject, as_of: asOf, state: 'asked', note: '' },
      evidence: asJson(prepared.evidence),
      change: asJson(prepared.change),
      ...{ version_id: prepared.versionId ?? null, trial_id: prepared.trialId ?? null },
      held_before: prepared.before ? asJson(prepared.before) : null,
      ...{ made_by: who.userId, made_by_name: who.name, made_at: new Date() },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await audit(app, { userId: who.userId, action: 'models.correct', object: `model/correction/${id}` })
  return id
}

/** One correction at a time of each subject, and the next once a turn has used it. */
async function refuseWaiting(app: App, subject: string): Promise<void> {
  const waiting = (await pendingCorrections(app)).find(one => one.target === subject)
  if (!waiting) return
  const error = waiting.state === 'asked' ? 'analyze.correction-waits' : 'analyze.correction-not-used-yet'
  throw verdictErrors[error]({ subject, correction: waiting.id })
}

/** What speaks against a segment, the strongest first. */
const accusing = (evidence: readonly JudgedEvidence[]): JudgedEvidence[] =>
  evidence.filter(one => one.standing === 'not-held').sort((a, b) => b.adjusted - a.adjusted)

/** The strongest of it that a condition of the rules can mend. */
async function mendable(app: App, verdict: CustomerModelVerdict, against: readonly JudgedEvidence[]) {
  for (const one of against) {
    const split = await splitOf(app, verdict, one)
    const rules = split && (await correctedRules(app, one.segment, split))
    if (split && rules) return { one, split, rules }
  }
  return null
}

async function forSegment(
  app: App,
  verdict: CustomerModelVerdict,
  code: string,
  asOf: string,
  who: Person,
): Promise<Prepared | null> {
  const against = accusing(verdict.segments.find(one => one.segment === code)?.evidence ?? [])
  const [strongest] = against
  if (!strongest) return null
  const found = await mendable(app, verdict, against)
  // No line through the segment tells misfit from fit: it is the prediction that is off in it, and must learn anew.
  if (!found) {
    const leaving = against.find(one => one.kind === 'leaving')
    if (leaving) return retraining(app, evidenceInWords(leaving), leaving)
    if (strongest.kind === 'response') throw verdictErrors['analyze.corrected-by-plan']({ subject: code })
    throw verdictErrors['analyze.fitted-each-turn']({ subject: code })
  }
  const { split, rules } = found
  // Before anything is written: where rules have no order, whoever leaves a segment may be in none.
  await refuseRefuted(app, rules.set)
  const evidence = evidenceInWords(found.one)
  const names = await segmentNames(app)
  const { name, rule } = rules.set.segments.find(one => one.code === code)!
  const words = ruleInWords(rule, (await catalogueOf(app)).wordsOf)
  const title = names.get(code)?.en ?? name.en
  const versionId = await startDraft(
    app,
    { name: `${title}: ${split.feature} ${split.op} ${split.value}`, set: rules.set },
    who,
  )
  const trialId = await startTrial(app, versionId, 3, who)
  await askApproval(app, versionId, { from: daysBefore(asOf, -1), note: evidence.en }, who)
  return {
    ...{ kind: 'segment-rule', subject: code, evidence, versionId, trialId },
    change: { words, about: found.one.kind, split, how: rules.how },
  }
}

async function forScore(app: App, verdict: CustomerModelVerdict, model: string): Promise<Prepared | null> {
  const found = verdict.scores.find(one => one.model === model)
  if (model !== 'churn' || !found || found.verdict === 'good' || found.verdict === 'unjudged') return null
  return retraining(app, found.evidence)
}

async function retraining(app: App, evidence: Text, about?: JudgedEvidence): Promise<Prepared> {
  await refuseWaiting(app, 'churn')
  if ((await churnSettings(app)).retrain.mode === 'every-turn') throw verdictErrors['analyze.trains-each-turn']()
  await app.jobs.send(backtestModelsJob, { dates: 4 }, { group: 'models/churn' })
  const words: Text = {
    en: 'The churn model learns anew from all that is known and takes over from the next turn on. Its effect on the past: trained as of earlier dates on what was known then, and held against what followed, beside the version in use.',
    zh: '流失模型用全部已知数据重新训练，自下一轮起启用。对过去的效果：以若干历史日期当时已知的数据训练，与其后的实际及当前版本对照。',
  }
  return { kind: 'retrain', subject: 'churn', evidence, change: { words, ...(about ? { about: about.kind } : {}) } }
}

/** Of the very version that was judged: a newer one has not been judged yet. */
async function forNeed(app: App, { needs }: CustomerModelVerdict, code: string): Promise<Prepared | null> {
  const found = needs.find(need => need.code === code)
  if (found?.standing !== 'not-held') return null
  const newest = await newestReleased(app, code)
  if (newest?.state !== 'released' || newest.version !== found.version)
    throw verdictErrors['analyze.need-not-judged']({ need: code, version: found.version })
  const words: Text = {
    en: `It proposes nothing any more: ${whole(found.proposals / found.turns)} proposals fewer a turn, of which ${whole(found.bought / found.turns)} were taken.`,
    zh: `不再推荐：每轮减少约 ${whole(found.proposals / found.turns)} 条推荐，其中约 ${whole(found.bought / found.turns)} 条被采纳。`,
  }
  const before = { needVersion: newest.version }
  return { kind: 'withdraw-need', subject: code, evidence: needInWords(found), change: { words }, before }
}
