import type { App } from '../../platform/app.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { composers } from '../composers.ts'
import { designErrors } from '../design/errors.ts'
import { fieldsOf } from '../design/fields.ts'
import type { Problem } from '../design/problems.ts'
import { fragmentsOn, insertFragment } from '../fragments/fragment-store.ts'
import { offerDrafts } from '../fragments/offer-drafts.ts'
import { checkAgainstKind } from '../kinds/kind-store.ts'
import { proofState } from '../proofs/proof-state.ts'
import { insertVersion, liveTemplates } from '../template-store.ts'
import { buildVersion } from './build-version.ts'
import { problemsOfFragment, problemsOfTemplate } from './check-source.ts'
import { type DraftRow, draftRow, type Person, refuseUnless } from './drafts.ts'
import { contentErrors } from './errors.ts'
import type { FragmentSource, TemplateDraftSource } from './source.ts'

/** Everything wrong with a draft as it would be compiled for a day. */
export async function problemsOfDraft(
  app: App,
  { kind, source }: Pick<DraftRow, 'kind' | 'source'>,
  day: string,
): Promise<Problem[]> {
  const fragments = await fragmentsOn(app, day)
  if (kind === 'template') return problemsOfTemplate(app, source as TemplateDraftSource, fragments)
  const fields = (await liveTemplates(app, day)).flatMap(({ content }) => fieldsOf(content.schema))
  return problemsOfFragment(app, source as FragmentSource, fragments, fields)
}

/** The version a draft of a template would be on a day. */
export const builtOf = async (
  app: App,
  id: string,
  source: TemplateDraftSource,
  day: string,
): Promise<TemplateVersion> => buildVersion({ id, ...source }, await fragmentsOn(app, day))

export interface Asking {
  from: string
  to: string | null
  note: string
}

/** Compiles a draft and hands it to whoever may approve it. What has problems, or cannot compose its own examples, is refused. */
export async function askApproval(app: App, id: number, { from, to, note }: Asking, who: Person): Promise<void> {
  if (to !== null && to < from) throw contentErrors['personalize.dates-crossed']({ from, to })
  const row = await draftRow(app, id)
  refuseUnless(row, 'draft')
  if (row.kind === 'template') await checkAgainstKind(app, row.object, (row.source as TemplateDraftSource).manifest)
  await refuseProblems(app, row, from)
  const built = row.kind === 'template' ? await builtOf(app, row.object, row.source as TemplateDraftSource, from) : null
  if (built) await refuseFailing(app, built)
  await app.workflow.transaction(async tx => {
    const asked = await tx
      .updateTable('content_drafts')
      .set({
        state: 'asked',
        note,
        asked_by: who.userId,
        asked_by_name: who.name,
        asked_at: new Date(),
        effective_from: from,
        effective_to: to,
        decision_note: '',
      })
      .where('id', '=', id)
      .where('state', '=', 'draft')
      .where('revision', '=', row.revision)
      .returning('id')
      .executeTakeFirst()
    if (!asked)
      throw contentErrors['personalize.draft-changed']({ draft: id, who: row.made_by_name, revision: row.revision })
    const approval = { from, to, madeBy: row.made_by_name, approvedBy: null, note, restored: null }
    const version = built
      ? await insertVersion(tx, built, approval)
      : await insertFragment(tx, row.object, row.source as FragmentSource, approval)
    await tx.updateTable('content_drafts').set({ version }).where('id', '=', id).execute()
  })
}

async function refuseProblems(app: App, row: DraftRow, day: string): Promise<void> {
  const wrong = (await problemsOfDraft(app, row, day)).filter(({ severity }) => severity === 'error')
  const [first] = wrong
  if (!first) return
  const at = first.block === '' ? '' : `${first.block}: `
  throw designErrors['personalize.design-problems']({
    where: row.object,
    first: { en: at + first.message.en, zh: at + first.message.zh },
    count: wrong.length,
  })
}

async function refuseFailing(app: App, built: TemplateVersion): Promise<void> {
  const outcomes = await composers(app).compose(built, built.examples)
  for (const [at, outcome] of outcomes.entries())
    if (outcome.state === 'held')
      throw contentErrors['personalize.example-fails']({
        where: built.id,
        example: String(built.examples[at]?.['id'] ?? at),
        reason: `${outcome.reason} ${outcome.detail}`,
      })
}

export type Answer = 'approve' | 'refuse' | 'withdraw'

/** One person's word. What is approved holds from its date; of what is not, the author's draft is left. */
export async function answerDraft(app: App, id: number, answer: Answer, note: string, who: Person): Promise<void> {
  const row = await draftRow(app, id)
  refuseUnless(row, 'asked')
  const approved = answer === 'approve'
  if (approved && (row.authors.includes(who.userId) || row.asked_by === who.userId))
    throw contentErrors['personalize.second-person']({ draft: id })
  const version = row.version ?? 0
  if (approved && row.kind === 'template') await refuseUnproven(app, row.object, version)
  const now = new Date()
  await app.workflow.transaction(async tx => {
    const decided = await tx
      .updateTable('content_drafts')
      .set({
        state: approved ? 'approved' : 'draft',
        decided_by: who.userId,
        decided_by_name: who.name,
        decided_at: now,
        decision_note: note,
        ...(approved ? {} : { version: null }),
      })
      .where('id', '=', id)
      .where('state', '=', 'asked')
      .returning('id')
      .executeTakeFirst()
    if (!decided)
      throw contentErrors['personalize.draft-changed']({ draft: id, who: row.made_by_name, revision: row.revision })
    const said = approved
      ? { approved_at: now, approved_by: who.userId, approved_by_name: who.name }
      : { withdrawn_at: now }
    if (row.kind === 'template')
      await tx
        .updateTable('template_versions')
        .set({ ...said, ...(approved ? { live_since: now } : {}) })
        .where('template', '=', row.object)
        .where('version', '=', version)
        .execute()
    else
      await tx
        .updateTable('fragment_versions')
        .set(said)
        .where('fragment', '=', row.object)
        .where('version', '=', version)
        .execute()
  })
  if (approved && row.kind === 'fragment') await offerDrafts(app, row.object, version, row.effective_from ?? '')
}

/** Proofs that were set must be passed; where nobody set any, the approver's eyes decide. */
async function refuseUnproven(app: App, template: string, version: number): Promise<void> {
  const { state } = await proofState(app, template, version)
  if (state === 'failed' || state === 'open' || state === 'running')
    throw contentErrors['personalize.proofs-open']({ template, version, state: proofStateNames[state] })
}

const proofStateNames = {
  failed: { en: 'failed', zh: '未通过' },
  open: { en: 'not yet decided', zh: '尚待确认' },
  running: { en: 'still running', zh: '仍在进行' },
}
