import assert from 'node:assert/strict'
import { copyFileSync, existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { run, temporaryFolder } from './huiyin.ts'

const file = join(temporaryFolder(), 'backup.tar.gz')

test('a data folder is backed up into one file and restored elsewhere, users and all', {
  timeout: 120_000,
}, async () => {
  const data = join(temporaryFolder(), 'data')
  const added = await run(['user', 'add', 'li.na', '--role', 'agent', '--password', 'long enough'], { data })
  assert.equal(added.code, 0, added.stderr)
  const backup = await run(['backup', file, '--json'], { data })
  assert.equal(backup.code, 0, backup.stderr)
  assert.match(JSON.parse(backup.stdout).sha256, /^[0-9a-f]{64}$/)
  assert.equal((await run(['backup', file], { data })).code, 2, 'an existing file is not overwritten')

  const other = join(temporaryFolder(), 'restored')
  const restored = await run(['restore', file], { data: other })
  assert.equal(restored.code, 0, restored.stderr)
  const users = await run(['user', 'list', '--json'], { data: other })
  assert.deepEqual(
    JSON.parse(users.stdout).users.map((user: { login: string }) => user.login),
    ['li.na'],
  )
  const occupied = await run(['restore', file], { data: other })
  assert.equal(occupied.code, 2)
  assert.match(occupied.stderr, /not empty/)
})

test('a backup that is cut short or is none restores nothing', { timeout: 120_000 }, async () => {
  const parent = temporaryFolder()
  const cut = join(parent, 'cut.tar.gz')
  copyFileSync(file, cut)
  truncateSync(cut, 100_000)
  const none = join(parent, 'none.tar.gz')
  writeFileSync(none, 'not a backup')
  for (const damaged of [cut, none]) {
    const target = join(parent, 'target')
    const result = await run(['restore', damaged], { data: target })
    assert.equal(result.code, 2, result.stderr)
    assert.match(result.stderr, /not a whole backup/)
    assert.equal(existsSync(target), false)
    assert.deepEqual(
      readdirSync(parent).filter(name => name.startsWith('.')),
      [],
      'nothing half-written beside it',
    )
  }
})
