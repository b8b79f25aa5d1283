import type { Outcome, OutcomeBody, ScriptBlock, ScriptField } from '../../../api/types.ts'

/** What an agent has said, heard and typed so far in one call. */
export interface TaskDraft {
  /** Of the outcome: sent twice, it is one. */
  id: string
  /** Block ids after the first, in the order they were reached. */
  path: string[]
  /** Script field id → answer. */
  answers: Record<string, string>
  /** Golden field → what the customer corrected. */
  fields: Record<string, string>
  outcome: Outcome | null
  note: string
  /** Local date and time, as the input gives it. */
  callbackAt: string
  /** Research answers by the name of the attribute. */
  attributes: Record<string, string>
  /** That was rung, where there are several. */
  number: string
  /** That was made in the talk; '' none but the task's own. */
  offer: string
  /** Who it was, where the customer turned out to be several. */
  customerId: number | null
}

export const emptyDraft = (id: string): TaskDraft => ({
  id,
  path: [],
  answers: {},
  fields: {},
  outcome: null,
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

/** Two answers may lead to the same block; then the noted answer tells which was given. */
export function isTaken(
  draft: TaskDraft,
  block: ScriptBlock,
  depth: number,
  branch: ScriptBlock['next'][number],
): boolean {
  if (draft.path[depth] !== branch.to) return false
  const question = block.fields.find(field => field.options.includes(branch.answer))
  return !question || draft.answers[question.id] === branch.answer
}

/** Takes the branch with this answer at a block so far down the path, and notes the answer where a field asks the same. */
export function takeBranch(
  draft: TaskDraft,
  block: ScriptBlock,
  depth: number,
  branch: ScriptBlock['next'][number],
): Partial<TaskDraft> {
  const same = block.fields.filter(field => field.options.includes(branch.answer))
  const answers = { ...draft.answers }
  for (const field of same) answers[field.id] = branch.answer
  return { path: pathAfter(draft.path, depth, branch.to), answers }
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

/** null: something that must be known is missing. */
export function outcomeOf(
  draft: TaskDraft,
  task: { customerId: number; meanwhile: { kind: string } | null } = { customerId: 1, meanwhile: null },
): OutcomeBody | null {
  if (!draft.outcome) return null
  const callback = draft.outcome === 'callback'
  const at = new Date(draft.callbackAt)
  if (callback && Number.isNaN(at.getTime())) return null
  if (task.meanwhile?.kind === 'split' && !draft.customerId) return null
  return {
    id: draft.id,
    outcome: draft.outcome,
    note: draft.note.trim(),
    answers: filled(draft.answers),
    fields: filled(draft.fields),
    attributes: filled(draft.attributes),
    ...(callback ? { callbackAt: at.toISOString() } : {}),
    ...(draft.number ? { number: draft.number } : {}),
    ...(draft.offer ? { offer: draft.offer } : {}),
    ...(draft.customerId ? { customerId: draft.customerId } : {}),
  }
}
