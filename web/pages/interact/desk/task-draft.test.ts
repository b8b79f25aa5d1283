import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outcomeBody } from '../../../../src/interact/api.ts'
import { uuid } from '../../../api/uuid.ts'
import {
  askedFields,
  branchTaken,
  emptyDraft,
  missingFor,
  outcomeOf,
  pathAfter,
  reached,
  type TaskDraft,
  takeBranch,
  withAnswer,
  withKeyAnswer,
} from './task-draft.ts'

const draft: TaskDraft = emptyDraft(uuid())
const block = (id: string) => ({ id, title: id, say: id, fields: [], next: [] })

test('without an outcome, or a callback without its time, nothing is sent', () => {
  assert.equal(outcomeOf(draft), null)
  assert.equal(outcomeOf({ ...draft, outcome: 'callback' }), null)
})

test('what is sent is what the API takes', () => {
  const sent = outcomeOf({
    ...draft,
    outcome: 'callback',
    callbackAt: '2010-12-03T10:30',
    answers: { a: 'yes', b: ' ' },
    fields: { mobile: '13800000000' },
    note: ' call again ',
  })
  assert.deepEqual(outcomeBody.parse(sent), {
    id: draft.id,
    outcome: 'callback',
    note: 'call again',
    answers: { a: 'yes' },
    fields: { mobile: '13800000000' },
    attributes: {},
    objections: [],
    callbackAt: new Date('2010-12-03T10:30').toISOString(),
  })
})

test('an answer to a golden field is also a correction', () => {
  const field = { id: 'q1', label: 'Mobile', kind: 'phone' as const, options: [], golden: 'mobile' }
  assert.deepEqual(withAnswer(draft, field, '1'), { answers: { q1: '1' }, fields: { mobile: '1' } })
})

test('another answer to an earlier block forgets what followed', () => {
  const blocks = [block('hello'), block('offer'), block('bye')]
  assert.deepEqual(pathAfter(['offer', 'bye'], 0, 'bye'), ['bye'])
  assert.deepEqual(
    reached(blocks, ['offer', 'gone']).map(found => found.id),
    ['hello', 'offer'],
  )
  assert.deepEqual(reached([], ['x']), [])
})

test('a question whose answers are the branches is not asked twice, and is answered all the same', () => {
  const question = { id: 'reached', label: 'Reached?', kind: 'choice' as const, options: ['yes', 'no'] }
  const other = { id: 'email', label: 'E-mail', kind: 'email' as const, options: [] }
  const hello = {
    ...block('hello'),
    fields: [question, other],
    next: [
      { answer: 'yes', to: 'offer' },
      { answer: 'no', to: 'bye' },
    ],
  }
  assert.deepEqual(askedFields(hello), [other])
  assert.deepEqual(askedFields({ ...hello, next: [] }), [question, other])
  assert.deepEqual(takeBranch(draft, [hello], hello, 0, { answer: 'no', to: 'bye' }), {
    path: ['bye'],
    taken: { hello: 'no' },
    answers: { reached: 'no' },
    suggested: null,
    outcome: null,
  })
})

test('of two answers that lead to the same block, the one given is told apart', () => {
  const [good, mixed] = [
    { answer: 'good', to: 'offer' },
    { answer: 'mixed', to: 'offer' },
  ]
  const ask = { ...block('ask'), next: [good, mixed] }
  const after = { ...draft, ...takeBranch(draft, [ask], ask, 0, mixed) }
  assert.equal(branchTaken(after, ask, 0), mixed)
  assert.equal(branchTaken(draft, ask, 0), null)
})

test('what the script was answered is the outcome, until the agent says otherwise', () => {
  const [accepts, thinks, refuses] = [
    { answer: 'Accepts', to: 'bye' },
    { answer: 'Thinks', to: 'objections' },
    { answer: 'Refuses', to: 'bye' },
  ]
  const answer = { id: 'answer', label: 'Answer', kind: 'choice' as const, options: ['Accepts', 'Thinks', 'Refuses'] }
  const offer = { ...block('offer'), fields: [answer], next: [accepts, thinks, refuses] }
  const later = { answer: 'Call back', to: 'later' }
  const blocks = [offer, { ...block('objections'), next: [later, refuses] }, block('bye'), block('later')]
  const take = (before: TaskDraft, at: number, branch: { answer: string; to: string }): TaskDraft => ({
    ...before,
    ...takeBranch(before, blocks, blocks[at]!, at, branch),
  })
  assert.equal(take(draft, 0, accepts).outcome, 'accepted')
  const hesitates = take(take(draft, 0, accepts), 0, thinks)
  assert.equal(hesitates.outcome, null)
  assert.equal(take(hesitates, 1, refuses).outcome, 'refused')
  assert.equal(take(hesitates, 1, later).outcome, 'callback')
  assert.equal(missingFor(take(hesitates, 1, later), { meanwhile: null }), 'callback')
  assert.equal(take({ ...hesitates, outcome: 'complaint' }, 1, refuses).outcome, 'complaint')
})

test('the number that stands as rung is the one that is sent', () => {
  const done = { ...draft, outcome: 'wrong-number' as const }
  const task = { meanwhile: null, numbers: ['+861', '+862'] }
  assert.equal(outcomeOf(done, task)?.number, '+861')
  assert.equal(outcomeOf({ ...done, number: '+862' }, task)?.number, '+862')
})

test('a key field goes where it is written; who would not say is noted and not asked again', () => {
  const golden = { writesTo: 'birth_date', golden: true }
  const research = { writesTo: 'price_sensitivity', golden: false }
  const told = { ...draft, ...withKeyAnswer(draft, golden, '1980-02-03') }
  assert.equal(told.fields['birth_date'], '1980-02-03')
  const declined = { ...told, ...withKeyAnswer(told, research, null), outcome: 'served' as const }
  assert.deepEqual(outcomeOf(declined)?.answers, { 'key.price_sensitivity': 'declined' })
  const after = { ...declined, ...withKeyAnswer(declined, research, 'high') }
  assert.deepEqual([outcomeOf(after)?.answers, outcomeOf(after)?.attributes], [{}, { price_sensitivity: 'high' }])
})

test('a customer who turned out to be several is chosen before anything is saved', () => {
  const task = { meanwhile: { kind: 'split' } }
  const done = { ...draft, outcome: 'accepted' as const }
  assert.equal(outcomeOf(done, task), null)
  assert.equal(outcomeOf({ ...done, customerId: 2 }, task)?.customerId, 2)
})
