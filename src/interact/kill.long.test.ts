import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { inventTurn, openInvented } from './invented-turn.ts'

const asOf = '2010-12-01'
const CUSTOMERS = 700
const KILLS = 12

interface Child {
  killed: boolean
  figures: { compose: Record<string, number>; deliver: Record<string, number> } | undefined
  workMs: number
}

/** Runs the turn in a process of its own; kills it so long after it began to work, unless it is through by then. */
async function run(folder: string, killAfterMs?: number): Promise<Child> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run-invented.ts'), folder, asOf], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', text => (errors += text))
  const exit = once(child, 'exit')
  let started = 0
  let figures: Child['figures']
  const reading = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === 'ready') started = Date.now()
      if (line === 'ready' && killAfterMs !== undefined) void sleep(killAfterMs).then(() => child.kill('SIGKILL'))
      if (line.startsWith('{')) figures = JSON.parse(line) as NonNullable<Child['figures']>
    }
  })()
  const [code, signal] = (await exit) as [number | null, string | null]
  await reading
  if (signal !== 'SIGKILL') assert.equal(code, 0, errors)
  return { killed: signal === 'SIGKILL', figures, workMs: Date.now() - started }
}

async function prepared(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-kill-'))
  const app = await openInvented(folder)
  await inventTurn(app, CUSTOMERS, asOf)
  await app.close()
  return folder
}

/** Name → SHA-256 of everything that left the house; what the run itself is called in is not the customers' side. */
async function delivered(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(join(folder, 'out'), { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const hashed = new Map<string, string>()
  for (const file of files.sort()) {
    assert.ok(!hashed.has(basename(file)), `${basename(file)} lies in two places`)
    hashed.set(
      basename(file),
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    )
  }
  return hashed
}

test('kill -9 while composing and delivering, again and again: same documents, same counts, nothing twice', {
  timeout: 900_000,
}, async t => {
  const [calm, hurt] = [await prepared(), await prepared()]
  try {
    const whole = await run(calm)
    assert.ok(whole.figures)
    const expected = await delivered(calm)
    let last: Child | undefined
    let kills = 0
    for (let round = 1; round <= KILLS; round++) {
      // Spread over the work, and a little at random, so that over many runs every moment is hit.
      last = await run(hurt, (whole.workMs * (round - Math.random())) / KILLS)
      if (last.killed) kills++
      else break
    }
    if (last?.killed) last = await run(hurt)
    t.diagnostic(`${kills} kills over ${whole.workMs} ms of work, ${expected.size} files`)
    assert.ok(kills >= 2)
    assert.deepEqual(last?.figures, whole.figures)
    const found = await delivered(hurt)
    const other = [...new Set([...found.keys(), ...expected.keys()])].filter(
      name => found.get(name) !== expected.get(name),
    )
    assert.deepEqual(other, [], 'files that differ, are missing or are too many')
    const app = await openInvented(hurt)
    try {
      const { twice } = await app.facts.one<{ twice: number }>(
        `SELECT count() AS twice FROM (SELECT communication_id FROM deliveries WHERE state != 'claimed' GROUP BY communication_id HAVING uniqExact(state) > 1)`,
      )
      assert.equal(twice, 0, 'a communication has two ends')
    } finally {
      await app.close()
    }
  } finally {
    await rm(calm, { recursive: true })
    await rm(hurt, { recursive: true })
  }
})
