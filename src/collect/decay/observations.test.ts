import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { stage } from '../index.ts'
import { estimateDecay, fitRate, TRADE } from './estimate.ts'
import { observed } from './observations.ts'

let dir: string
let app: OpenApp
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-decay-'))
  app = await openTestApp(join(dir, 'data'), [stage])
})
after(async () => {
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

/** mulberry32. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const MONTH = 30.4369 * 86_400_000
const START = Date.UTC(2020, 0, 1)
const LOSS = 0.025
const HAZARD = -Math.log(1 - LOSS)
let imports = 0

interface Company {
  source: string
  seed: number
  people: number
  /** Months at whose end the file is brought in. */
  importedAt: number[]
  /** Months from a value's change until the source hears of it. */
  delay(next: () => number): number
  /** Whether its rows say when they were changed. */
  dated: boolean
}

/** A company whose customers' numbers change, whose source hears of it late, and whose file is brought in now and then. */
async function simulate({ source, seed, people, importedAt, delay, dated }: Company): Promise<void> {
  const next = random(seed)
  const rows: { key: string; at: number; heard: number; value: string }[] = []
  const last = importedAt.at(-1)!
  for (let person = 0; person < people; person++) {
    let number = 0
    rows.push({ key: `p${person}`, at: 0, heard: 0, value: `+86139${person}-0` })
    for (let at = -Math.log(1 - next()) / HAZARD; at <= last; at += -Math.log(1 - next()) / HAZARD)
      rows.push({ key: `p${person}`, at, heard: at + delay(next), value: `+86139${person}-${++number}` })
  }
  const stored: { importId: number; key: string; at: number; value: string }[] = []
  const commits: object[] = []
  const known = new Map<string, number>()
  let before = -1
  for (const month of importedAt) {
    const importId = ++imports
    // Of several changes heard since the last file only the newest is in this one, and none that is older than what was brought.
    const newest = new Map<string, (typeof rows)[number]>()
    for (const row of rows)
      if (row.heard > before && row.heard <= month && row.at >= (known.get(row.key) ?? -1)) {
        newest.set(row.key, row)
        known.set(row.key, row.at)
      }
    for (const row of newest.values()) stored.push({ importId, ...row })
    commits.push({ import_id: importId, source, committed_at: new Date(START + month * MONTH) })
    before = month
  }
  await app.facts.insertColumns('source_records', {
    source: { type: 'LowCardinality(String)', values: stored.map(() => source) },
    row_key: { type: 'String', values: stored.map(row => row.key) },
    import_id: { type: 'UInt64', values: stored.map(row => row.importId) },
    row_no: { type: 'UInt64', values: stored.map((_, i) => i + 1) },
    mobile: { type: 'String', values: stored.map(row => row.value) },
    updated_at: {
      type: "Nullable(DateTime('UTC'))",
      values: stored.map(row => (dated ? new Date(START + row.at * MONTH) : null)),
    },
  })
  await app.facts.insert('import_commits', commits)
}

const every = (step: number, end: number): number[] => Array.from({ length: end / step }, (_, i) => (i + 1) * step)

test('2.5 % a month is found within .3 points from the imports of a company', async () => {
  const dated = true
  const ways: Omit<Company, 'seed' | 'source' | 'people'>[] = [
    { importedAt: every(1, 24), delay: () => 0, dated },
    { importedAt: every(1, 24), delay: () => 0, dated: false },
    { importedAt: [1, 2, 6, 7, 13, 15, 24], delay: () => 0, dated },
    { importedAt: [1, 2, 6, 7, 13, 15, 24], delay: () => 0, dated: false },
    { importedAt: every(1, 24), delay: next => -Math.log(1 - next()) * 1.5, dated },
    { importedAt: every(3, 24), delay: next => 2 * next(), dated },
  ]
  for (const [w, way] of ways.entries())
    for (const seed of [1, 2]) await simulate({ ...way, people: 2500, source: `way${w}-${seed}`, seed })
  const seen = await observed(app, 'mobile', '2030-01-01')
  const found = seen.map(one => ({ source: one.source, lost: -100 * Math.expm1(-fitRate(one, TRADE).rate) }))
  assert.equal(found.length, ways.length * 2)
  const words = found.map(({ source, lost }) => `${source} ${lost.toFixed(2)}`).join(', ')
  assert.ok(
    found.every(({ lost }) => Math.abs(lost - 100 * LOSS) < 0.3),
    words,
  )
})

test('what customers say of themselves counts: right is held, other is changed', async () => {
  const next = random(7)
  const importId = ++imports
  const people = 6000
  const ids = Array.from({ length: people }, (_, i) => i + 1)
  await app.facts.insertColumns('source_records', {
    source: { type: 'LowCardinality(String)', values: ids.map(() => 'asked') },
    row_key: { type: 'String', values: ids.map(id => `a${id}`) },
    import_id: { type: 'UInt64', values: ids.map(() => importId) },
    email: { type: 'String', values: ids.map(id => `old${id}@example.com`) },
    updated_at: { type: "Nullable(DateTime('UTC'))", values: ids.map(() => new Date(START)) },
  })
  await app.facts.insert('import_commits', [{ import_id: importId, source: 'asked', committed_at: new Date(START) }])
  const turn = await app.runs.openTurn('2022-01-01')
  const { runId } = await app.runs.begin(turn, {
    id: 'identity',
    title: { en: '', zh: '' },
    resumes: false,
    writes: [],
    run: async () => ({}),
  })
  await app.facts.insertColumns('record_links', {
    run_id: { type: 'UInt64', values: ids.map(() => runId) },
    customer_id: { type: 'UInt64', values: ids },
    source: { type: 'LowCardinality(String)', values: ids.map(() => 'asked') },
    row_key: { type: 'String', values: ids.map(id => `a${id}`) },
  })
  await app.runs.commit(runId, {})
  // Asked once each, after 1 to 20 months.
  const looks = ids.map(id => {
    const months = 1 + 19 * next()
    const right = -Math.log(1 - next()) / HAZARD > months
    return { id, at: new Date(START + months * MONTH), email: `${right ? 'old' : 'new'}${id}@example.com` }
  })
  await app.facts.insertColumns('events', {
    event_id: { type: 'String', values: looks.map(look => `look${look.id}`) },
    customer_id: { type: 'UInt64', values: looks.map(look => look.id) },
    type: { type: 'LowCardinality(String)', values: looks.map(() => 'answer') },
    at: { type: "DateTime64(3, 'UTC')", values: looks.map(look => look.at) },
    payload: { type: 'String', values: looks.map(look => JSON.stringify({ fields: { email: look.email } })) },
  })
  const seen = (await observed(app, 'email', '2022-01-01')).filter(one => one.source === 'asked')
  const found = -Math.expm1(-estimateDecay(seen)[1]!.rate)
  assert.ok(Math.abs(found - LOSS) < 0.003, `${(100 * found).toFixed(2)} % a month`)
})
