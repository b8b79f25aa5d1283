import type { Outcome, OutcomeBody, ScriptBlock, ScriptField } from '../../../api/types.ts'

/** What an agent has said, heard and typed so far in one call. */
export interface TaskDraft {
  /** Of the outcome: sent twice, it is one. */
  id: string
  /** Block ids after the first, in the order they were reached. */
  path: string[]
  /** Script field id → answer. */
  answers: Record<string, string>
  /** Block → the answer that was taken there: two answers may lead to the same block. */
  taken: Record<string, string>
  /** Golden field → what the customer corrected. */
  fields: Record<string, string>
  outcome: Outcome | null
  /** What the way through the script said of the outcome; the agent may say otherwise. */
  suggested: Outcome | null
  note: string
  /** Local date and time, as the input gives it. */
  callbackAt: string
  /** Research answers by the name of the attribute. */
  attributes: Record<string, string>
  /** That was rung, where there are several. */
  number: string
  /** That was made in the talk; '' none but the task's own. */
  offer: string
  /** What the customer said against it, by the fragments that answer it. Drafts of before know none. */
  objections?: string[]
  /** Who it was, where the customer turned out to be several. */
  customerId: number | null
  /** Asked at the end; no answers: the customer would rather not. Drafts of before know none. */
  survey?: { surveyId: number; answers: Record<string, string> } | null
}

export const emptyDraft = (id: string): TaskDraft => ({
  id,
  path: [],
  answers: {},
  taken: {},
  fields: {},
  outcome: null,
  suggested: null,
  note: '',
  callbackAt: '',
  attributes: {},
  number: '',
  offer: '',
  customerId: null,
})

interface OutcomeKey {
  code: Outcome
  key: string
}

const outcomes: readonly OutcomeKey[] = [
  { code: 'accepted', key: 'a' },
  { code: 'refused', key: 'r' },
  { code: 'served', key: 's' },
  { code: 'callback', key: 'c' },
  { code: 'complaint', key: 'm' },
  { code: 'do-not-call', key: 'd' },
  { code: 'no-answer', key: 'o' },
  { code: 'busy', key: 'b' },
  { code: 'voicemail', key: 'v' },
  { code: 'wrong-number', key: 'w' },
]
const ringing: ReadonlySet<Outcome> = new Set(['no-answer', 'busy', 'voicemail'])

/** Who called us was reached. */
export const outcomesFor = (kind: string): readonly OutcomeKey[] =>
  kind === 'inbound' ? outcomes.filter(({ code }) => !ringing.has(code)) : outcomes

/** The blocks of the call so far: the first, then those the answers led to. */
export function reached(blocks: readonly ScriptBlock[], path: readonly string[]): ScriptBlock[] {
  const first = blocks[0]
  if (!first) return []
  return [first, ...path.flatMap(id => blocks.find(block => block.id === id) ?? [])]
}

/** Answering an earlier block again forgets what followed from it. */
export const pathAfter = (path: readonly string[], depth: number, to: string): string[] => [...path.slice(0, depth), to]

export function withAnswer(draft: TaskDraft, field: ScriptField, value: string): Partial<TaskDraft> {
  const answers = { ...draft.answers, [field.id]: value }
  if (!field.golden) return { answers }
  return { answers, fields: { ...draft.fields, [field.golden]: value } }
}

/** Fields whose every option is a branch are answered by taking the branch, not asked twice. */
export const askedFields = (block: ScriptBlock): ScriptField[] =>
  block.fields.filter(
    field =>
      field.kind !== 'choice' ||
      field.options.length === 0 ||
      !field.options.every(option => block.next.some(branch => branch.answer === option)),
  )

type Branch = ScriptBlock['next'][number]

/** The branch that was taken at a block so far down the path. */
export const branchTaken = (
  draft: Pick<TaskDraft, 'path' | 'taken'>,
  block: ScriptBlock,
  depth: number,
): Branch | null =>
  block.next.find(
    ({ to, answer }) =>
      draft.path[depth] === to && (draft.taken[block.id] === undefined || draft.taken[block.id] === answer),
  ) ?? null

/** By the names scripts use: the blocks `later` and `complaint`, and the first and last answer to `answer`. */
function outcomeOfBranch(blocks: readonly ScriptBlock[], { to, answer }: Branch): Outcome | null {
  if (to === 'later') return 'callback'
  if (to === 'complaint') return 'complaint'
  const options = blocks.flatMap(({ fields }) => fields).find(({ id }) => id === 'answer')?.options ?? []
  if (options.length < 2) return null
  return answer === options[0] ? 'accepted' : answer === options.at(-1) ? 'refused' : null
}

/** What was said last of how the call ends: asked in the script, it is not asked again. */
export const outcomeSaid = (blocks: readonly ScriptBlock[], draft: Pick<TaskDraft, 'path' | 'taken'>): Outcome | null =>
  reached(blocks, draft.path)
    .map((block, depth) => branchTaken(draft, block, depth))
    .reduce<Outcome | null>((said, branch) => (branch && outcomeOfBranch(blocks, branch)) ?? said, null)

/** Takes the branch with this answer at a block so far down the path, and notes it wherever the same is asked. */
export function takeBranch(
  draft: TaskDraft,
  blocks: readonly ScriptBlock[],
  block: ScriptBlock,
  depth: number,
  branch: Branch,
): Partial<TaskDraft> {
  const same = block.fields.filter(field => field.options.includes(branch.answer))
  const answers = { ...draft.answers }
  for (const field of same) answers[field.id] = branch.answer
  const way = {
    path: pathAfter(draft.path, depth, branch.to),
    taken: { ...draft.taken, [block.id]: branch.answer },
  }
  const suggested = outcomeSaid(blocks, way)
  const own = draft.outcome !== null && draft.outcome !== draft.suggested
  return { ...way, answers, suggested, ...(own ? {} : { outcome: suggested }) }
}

const filled = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))

interface Asked {
  writesTo: string
  golden: boolean
}

/** An answer to a key field, where it is written; null: the customer would not say, and is not asked again. */
export function withKeyAnswer(draft: TaskDraft, { writesTo, golden }: Asked, value: string | null): Partial<TaskDraft> {
  const answers = { ...draft.answers }
  delete answers[`key.${writesTo}`]
  if (value === null) answers[`key.${writesTo}`] = 'declined'
  const place = golden ? 'fields' : 'attributes'
  return { answers, [place]: { ...draft[place], [writesTo]: value ?? '' } }
}

/** The field of a script that asks when to ring again is the time of the callback itself. */
export const CALLBACK = 'callback'

export const asksWhen = (block: ScriptBlock | undefined): boolean =>
  block?.fields.some(({ id }) => id === CALLBACK) ?? false

type Missing = 'outcome' | 'callback' | 'customer'

/** What must be known before the outcome can be saved. */
export function missingFor(draft: TaskDraft, task: { meanwhile: { kind: string } | null }): Missing | null {
  if (!draft.outcome) return 'outcome'
  if (draft.outcome === 'callback' && Number.isNaN(new Date(draft.callbackAt).getTime())) return 'callback'
  return task.meanwhile?.kind === 'split' && !draft.customerId ? 'customer' : null
}

/** null: something that must be known is missing. */
export function outcomeOf(
  draft: TaskDraft,
  task: Parameters<typeof missingFor>[1] & { numbers?: readonly string[] } = { meanwhile: null },
): OutcomeBody | null {
  if (!draft.outcome || missingFor(draft, task)) return null
  const callback = draft.outcome === 'callback'
  const number = draft.number || task.numbers?.[0]
  return {
    id: draft.id,
    outcome: draft.outcome,
    note: draft.note.trim(),
    answers: filled(draft.answers),
    fields: filled(draft.fields),
    attributes: filled(draft.attributes),
    ...(callback ? { callbackAt: new Date(draft.callbackAt).toISOString() } : {}),
    ...(number ? { number } : {}),
    ...(draft.offer ? { offer: draft.offer } : {}),
    ...(draft.objections?.length ? { objections: draft.objections } : {}),
    ...(draft.customerId ? { customerId: draft.customerId } : {}),
    ...(draft.survey ? { survey: { ...draft.survey, answers: filled(draft.survey.answers) } } : {}),
  }
}
