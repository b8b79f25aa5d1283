import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { startDebianPostgres } from '../src/platform/stores/workflow/debian-postgres.ts'
import { cutSample } from './cut-sample.ts'
import { run, temporaryFolder } from './huiyin.ts'
import { assertAddsUp, type TurnCounts } from './turn-counts.ts'

/** Every file a local transport left, by folder: the customers' side of what was delivered. */
function delivered(data: string): Record<string, string[]> {
  const files = (folder: string) =>
    readdirSync(join(data, 'out', folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => entry.name)
      .sort()
  return { mail: files('mail'), sms: files('sms'), print: files('print'), calls: files('calls') }
}

const turn = ['turn', '--as-of', '2010-12-01', '--json']

/** What a turn's counts promise, on the sample company with one customer of so many. */
export function sameCounts(of: number): void {
  const company = cutSample(of)
  const calm = temporaryFolder()
  let expected: TurnCounts

  before(async () => {
    assert.equal((await run(['sample', '--folder', company], { data: calm })).code, 0)
    const whole = await run(turn, { data: calm })
    assert.equal(whole.code, 0, whole.stderr)
    expected = JSON.parse(whole.stdout).counts as TurnCounts
  })

  test('the counts of a turn add up, and a turn that is done is not done again', async () => {
    assertAddsUp(expected)
    const again = await run(turn, { data: calm })
    assert.equal(again.code, 0, again.stderr)
    assert.deepEqual(JSON.parse(again.stdout).counts, expected)
    assert.equal(JSON.parse(again.stdout).turn, 1)
  })

  test('a turn on a PostgreSQL server counts the same as embedded', { timeout: 300_000 }, async () => {
    const postgres = await startDebianPostgres()
    try {
      const options = { data: temporaryFolder(), env: { HUIYIN_POSTGRES_URL: await postgres.freshUrl() } }
      assert.equal((await run(['sample', '--folder', company], options)).code, 0)
      const result = await run(turn, options)
      assert.equal(result.code, 0, result.stderr)
      assert.deepEqual(JSON.parse(result.stdout).counts, expected)
    } finally {
      await postgres.stop()
    }
  })

  test('kill -9 at any moment of a turn, then the turn again: same counts, nothing delivered twice', {
    timeout: 600_000,
  }, async t => {
    const hurt = temporaryFolder()
    assert.equal((await run(['sample', '--folder', company], { data: hurt })).code, 0)
    // A kill soon after each step was done, so in the next one; two in the long ones, one before the first is done.
    const longOnes: Record<number, number[]> = { 9: [200, 2500], 10: [60, 350] }
    const wishes = Array.from({ length: 13 }, (_, step) =>
      (longOnes[step] ?? [step === 0 ? 2500 : 10 + 37 * step]).map(ms => ({
        after: step === 0 ? undefined : new RegExp(`^ ?${step}/13 .*\\d s `, 'm'),
        step,
        ms,
      })),
    ).flat()
    const kills: number[] = []
    let result: Awaited<ReturnType<typeof run>> | undefined
    for (const { after, step, ms } of wishes) {
      const attempt = await run(turn, { data: hurt, kill: { after, ms } })
      if (attempt.signal === 'SIGKILL') kills.push(step + 1)
      else result = attempt
      if (result) break
    }
    result ??= await run(turn, { data: hurt })
    t.diagnostic(`killed ${kills.length} times, in or behind the steps ${kills.join(', ')}`)
    assert.equal(result.code, 0, result.stderr)
    assert.ok(new Set(kills).size >= 10, 'nearly every step was hit')
    assert.deepEqual(JSON.parse(result.stdout).counts, expected)

    const [a, b] = [delivered(calm), delivered(hurt)]
    for (const folder of Object.keys(a)) {
      const names = b[folder] ?? []
      assert.equal(new Set(names).size, names.length, `${folder}: no name twice`)
      assert.deepEqual(names, a[folder], `${folder}: the same messages as without the kills`)
    }
    const mails = a['mail'] ?? []
    assert.ok(mails.length > 400 / of)
    const ids = new Set<string>()
    for (const name of readdirSync(join(hurt, 'out', 'mail', 'new'))) {
      const id = /^Message-ID: (.+)$/im.exec(readFileSync(join(hurt, 'out', 'mail', 'new', name), 'utf8'))?.[1] ?? ''
      assert.ok(id && !ids.has(id), `Message-ID ${id} once`)
      ids.add(id)
    }
  })
}
