import { createHash } from 'node:crypto'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { liveTemplates, type StoredVersion, templateVersion } from '../template-store.ts'
import { letterErrors } from './errors.ts'
import { isInteractive, type LetterForm, unwritten } from './form.ts'
import type { FrozenLetter, LetterContent, LetterState } from './tables.ts'

type Store = Pick<App, 'workflow'>

export interface Letter {
  id: number
  customerId: number
  kind: string
  template: string
  templateVersion: number
  language: string
  channel: string
  state: LetterState
  content: LetterContent
  revision: number
  author: number
  createdAt: Date
  updatedAt: Date
  submittedAt: Date | null
  decidedBy: number | null
  decidedAt: Date | null
  frozen: FrozenLetter | null
  sha256: string | null
  communicationId: string | null
  runId: number | null
}

/** The name of the communication a letter becomes: of the letter alone, so that it is sent once whatever is killed. */
export const letterCommunicationId = (id: number): string =>
  createHash('sha256')
    .update(JSON.stringify(['letter', id]))
    .digest('hex')
    .slice(0, 32)

/** Live templates that leave something to an agent. */
export const letterTemplates = async (app: Store): Promise<StoredVersion[]> =>
  (await liveTemplates(app)).filter(({ content }) => isInteractive(content))

export async function openLetter(
  app: Store,
  given: { customerId: number; template: string; language: string; channel: string },
  userId: number,
): Promise<Letter> {
  const version = (await letterTemplates(app)).find(({ content }) => content.id === given.template)
  if (!version) throw letterErrors['letters.template']({ template: given.template })
  const now = new Date()
  const { id } = await app.workflow.db
    .insertInto('letters')
    .values({
      customer_id: given.customerId,
      kind: version.content.manifest.kind,
      template: version.content.id,
      template_version: version.number,
      language: given.language,
      channel: given.channel,
      state: 'draft',
      content: asJson(unwritten),
      revision: 1,
      author: userId,
      created_at: now,
      updated_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await noteStep(app, id, userId, 'opened')
  return letterOf(app, id)
}

export async function letterOf(app: Store, id: number): Promise<Letter> {
  const row = await app.workflow.db.selectFrom('letters').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw letterErrors['letters.missing']({ letter: id })
  return {
    id: row.id,
    customerId: row.customer_id,
    kind: row.kind,
    template: row.template,
    templateVersion: row.template_version,
    language: row.language,
    channel: row.channel,
    state: row.state,
    content: { ...unwritten, ...row.content },
    revision: row.revision,
    author: row.author,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    submittedAt: row.submitted_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    frozen: row.frozen,
    sha256: row.sha256,
    communicationId: row.communication_id,
    runId: row.run_id,
  }
}

export const letterVersion = (app: Store, letter: Pick<Letter, 'template' | 'templateVersion'>) =>
  templateVersion(app, letter.template, letter.templateVersion)

const EDITABLE: readonly LetterState[] = ['draft', 'returned']

export function refuseOthers(letter: Letter, userId: number): void {
  if (letter.author !== userId) throw letterErrors['letters.not-yours']({ letter: letter.id })
}

export function refuseState(letter: Letter, allowed: readonly LetterState[]): void {
  if (!allowed.includes(letter.state)) throw letterErrors['letters.state']({ letter: letter.id, state: letter.state })
}

/** Saves what was typed, if nobody saved since the reader's revision. */
export async function saveLetter(
  app: Store,
  id: number,
  userId: number,
  change: { revision: number; content: LetterContent; channel: string },
  form: LetterForm,
): Promise<Letter> {
  const letter = await letterOf(app, id)
  refuseOthers(letter, userId)
  refuseState(letter, EDITABLE)
  refuseUnknown(form, change.content)
  const saved = await app.workflow.db
    .updateTable('letters')
    .set(eb => ({
      content: asJson(change.content),
      channel: change.channel,
      revision: eb('revision', '+', 1),
      updated_at: new Date(),
      state: 'draft',
    }))
    .where('id', '=', id)
    .where('revision', '=', change.revision)
    .where('state', 'in', [...EDITABLE])
    .returning('id')
    .executeTakeFirst()
  if (!saved) throw letterErrors['letters.changed']({ letter: id })
  return letterOf(app, id)
}

/** A locked region is the template's; what is not in the form nobody may say. */
export function refuseUnknown(form: LetterForm, { parts, texts, order, fields }: LetterContent): void {
  const check = (what: string, given: readonly string[], known: readonly string[]) => {
    const unknown = given.find(id => !known.includes(id))
    if (unknown !== undefined) throw letterErrors['letters.unknown-part']({ what, id: unknown })
  }
  const ids = form.parts.map(part => part.id)
  check('part', Object.keys(parts), ids)
  check('part', order, ids)
  check(
    'region',
    Object.keys(texts),
    form.regions.filter(region => region.open).map(region => region.id),
  )
  check(
    'field',
    Object.keys(fields),
    form.fields.map(field => field.name),
  )
}

/** Moves a letter from one of `from` to `to`; false: somebody was quicker. */
export async function moveLetter(
  app: Store,
  id: number,
  from: readonly LetterState[],
  to: LetterState,
  part: Partial<{
    decided_by: number
    decided_at: Date
    submitted_at: Date
    frozen: FrozenLetter
    sha256: string
    communication_id: string
    run_id: number
  }> = {},
): Promise<boolean> {
  const { frozen, ...rest } = part
  const row = await app.workflow.db
    .updateTable('letters')
    .set(eb => ({
      ...rest,
      ...(frozen ? { frozen: asJson(frozen) } : {}),
      state: to,
      updated_at: new Date(),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function noteStep(app: Store, id: number, userId: number, what: string, notes = ''): Promise<void> {
  await app.workflow.db
    .insertInto('letter_steps')
    .values({ letter_id: id, at: new Date(), user_id: userId, what, notes })
    .execute()
}

export const stepsOf = (app: Store, id: number) =>
  app.workflow.db.selectFrom('letter_steps').selectAll().where('letter_id', '=', id).orderBy('id').execute()

export interface LetterQuery {
  state: string
  author?: number | undefined
  customer?: number | undefined
  offset: number
  limit: number
}

/** Those that wait for somebody first, the newest of them on top. */
export async function letters(app: Store, { state, author, customer, offset, limit }: LetterQuery) {
  let query = app.workflow.db.selectFrom('letters')
  if (state === 'open') query = query.where('state', 'in', ['draft', 'submitted', 'returned', 'approved', 'sending'])
  else if (state !== '') query = query.where('state', '=', state as LetterState)
  if (author !== undefined) query = query.where('author', '=', author)
  if (customer !== undefined) query = query.where('customer_id', '=', customer)
  const [{ total }, rows] = await Promise.all([
    query.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    query
      .select([
        'id',
        'customer_id',
        'template',
        'channel',
        'state',
        'author',
        'updated_at',
        'communication_id',
        'language',
      ])
      .orderBy('updated_at', 'desc')
      .orderBy('id', 'desc')
      .offset(offset)
      .limit(limit)
      .execute(),
  ])
  return { total: Number(total), rows }
}
