import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeSample } from './make-sample.ts'
import { samples } from './read-sample.ts'

const data = join(samples, '../../shared/data')
const folders = ['data', 'truth']
const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const hashes = (root: string) =>
  Object.fromEntries(
    folders.flatMap(folder =>
      readdirSync(join(root, folder)).map(name => [`${folder}/${name}`, hash(join(root, folder, name))]),
    ),
  )

test('the sample is under 12 MB', () => {
  const bytes = readdirSync(samples, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
  assert.ok(bytes < 12_000_000, `${bytes} bytes`)
})

// After an update of the engine the Parquet files may differ in their bytes: run the generator and commit.
test('the generator writes the files that are here, byte for byte', {
  skip: !existsSync(join(data, 'retail')) && 'no public data',
}, () => {
  const into = mkdtempSync(join(tmpdir(), 'huiyin-sample-'))
  try {
    makeSample(data, into)
    assert.deepEqual(hashes(into), hashes(samples))
  } finally {
    rmSync(into, { recursive: true, force: true })
  }
})
