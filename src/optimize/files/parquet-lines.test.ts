import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startFactsEngine } from '../../platform/engines/facts/index.ts'
import { solveFiles } from './solve-files.ts'

/** Makes a Parquet file of a SELECT, in the engine. */
async function parquetOf(dir: string, select: string): Promise<Uint8Array> {
  const engine = await startFactsEngine({ dataDir: join(dir, 'engine') })
  try {
    const answer = await fetch(engine.url, {
      method: 'POST',
      body: `${select} FORMAT Parquet`,
      headers: { authorization: `Basic ${Buffer.from(`${engine.username}:${engine.password}`).toString('base64')}` },
    })
    assert.ok(answer.ok, await answer.clone().text())
    return new Uint8Array(await answer.arrayBuffer())
  } finally {
    await engine.stop()
  }
}

test('options as Parquet give the plan that the same options give as CSV; a broken file is named', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'huiyin-parquet-'))
  try {
    await writeFile(join(dir, 'resources.csv'), 'resource,max\nslot,2\n')
    const select = `SELECT ['王小明', 'b, the second', 'c'][number % 3 + 1] AS customer, ['mail', 'letter'][intDiv(number, 3) + 1] AS option,
      toFloat64(number + 1) / 2 AS value, toUInt8(intDiv(number, 3)) AS \`use:slot\` FROM numbers(6)`
    await writeFile(join(dir, 'options.parquet'), await parquetOf(dir, select))
    const plan = await solveFiles(dir, undefined, {})
    const lines = ['customer,option,value,use:slot', '王小明,mail,0.5,0', '"b, the second",mail,1,0', 'c,mail,1.5,0']
    lines.push('王小明,letter,2,1', '"b, the second",letter,2.5,1', 'c,letter,3,1', '')
    await writeFile(join(dir, 'options.csv'), lines.join('\n'))
    const same = await solveFiles(dir, undefined, {})
    assert.equal(plan.value, 6)
    assert.deepEqual(
      [plan.value, plan.bound, plan.customers, plan.used],
      [same.value, same.bound, same.customers, same.used],
    )
    await rm(join(dir, 'options.csv'))
    await writeFile(join(dir, 'options.parquet'), 'PAR1 this is none PAR1')
    await assert.rejects(solveFiles(dir, undefined, {}), { code: 'optimize.parquet-broken' })
  } finally {
    await rm(dir, { recursive: true })
  }
})
