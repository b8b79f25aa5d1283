import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { HuiyinError } from '../errors.ts'
import { folderHolder, lockDataFolder } from './data-folder.ts'
import { folderError } from './data-folder-errors.ts'

const base = await mkdtemp(join(tmpdir(), 'huiyin-folder-'))
after(() => rm(base, { recursive: true, force: true }))
let made = 0
const fresh = () => join(base, `data-${made++}`)

const withCode = (code: string) => (error: unknown) => error instanceof HuiyinError && error.code === code

/** A process that tries to take the folder, says how it went and, when it went well, keeps it. */
function holdElsewhere(folder: string): ChildProcess {
  const script = `
    import { lockDataFolder } from ${JSON.stringify(new URL('data-folder.ts', import.meta.url).href)}
    try {
      const lock = await lockDataFolder(process.argv[1])
      await lock.announce('http://127.0.0.1:7070')
      console.log('held')
      setInterval(() => {}, 1000)
    } catch (error) { console.log(error.code) }`
  return spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function said(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout)
  const [text] = await once(child.stdout, 'data')
  return String(text).trim()
}

describe('the data folder', () => {
  test('is made, held, and free again', async () => {
    const folder = fresh()
    const lock = await lockDataFolder(folder)
    assert.equal((await folderHolder(folder))?.token, lock.token)
    assert.equal((await stat(join(folder, 'lock'))).mode & 0o777, 0o600)
    await assert.rejects(lockDataFolder(folder), withCode('platform.folder-held'))
    await lock.announce('http://127.0.0.1:9')
    assert.equal((await folderHolder(folder))?.address, 'http://127.0.0.1:9')
    await lock.release()
    assert.equal(await folderHolder(folder), undefined)
    assert.deepEqual(await readdir(folder), [])
  })

  test('held by another process: says which and where it answers; is taken over when that was killed', async () => {
    const folder = fresh()
    const child = holdElsewhere(folder)
    assert.equal(await said(child), 'held')
    await assert.rejects(lockDataFolder(folder), (error: unknown) => {
      assert.ok(error instanceof HuiyinError)
      assert.equal(error.code, 'platform.folder-held')
      for (const lang of ['en', 'zh-CN'] as const) {
        assert.match(error.messageIn(lang), new RegExp(`${child.pid}`))
        assert.match(error.messageIn(lang), /127\.0\.0\.1:7070/)
      }
      return true
    })
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
    await (await lockDataFolder(folder)).release()
  })

  test('of many that take a dead holder’s folder at once, one gets it', async () => {
    const folder = fresh()
    const dead = holdElsewhere(folder)
    await said(dead)
    const exit = once(dead, 'exit')
    dead.kill('SIGKILL')
    await exit
    const children = Array.from({ length: 6 }, () => holdElsewhere(folder))
    const answers = await Promise.all(children.map(said))
    for (const child of children) child.kill('SIGKILL')
    assert.deepEqual(answers.sort(), [...Array(5).fill('platform.folder-held'), 'held'].sort())
  })

  test('a number of a process that is used again does not count as the holder', async () => {
    const folder = fresh()
    const lock = await lockDataFolder(folder)
    const file = join(folder, 'lock')
    const mine = JSON.parse(await readFile(file, 'utf8'))
    await lock.release()
    await writeFile(file, JSON.stringify({ ...mine, birth: 'another-boot/1' }))
    await (await lockDataFolder(folder)).release()
  })

  test('half a lock file is no lock', async () => {
    const folder = fresh()
    await (await lockDataFolder(folder)).release()
    await writeFile(join(folder, 'lock'), '{"pid": 1')
    await (await lockDataFolder(folder)).release()
  })

  test('a missing parent, a file, a part of the path that is a file', async () => {
    await assert.rejects(lockDataFolder(join(base, 'no', 'such')), withCode('platform.folder-no-parent'))
    const file = fresh()
    await writeFile(file, '')
    await assert.rejects(lockDataFolder(file), withCode('platform.folder-is-file'))
    await assert.rejects(lockDataFolder(join(file, 'data')), withCode('platform.folder-is-file'))
  })

  test('a folder that may not be written', {
    skip: process.getuid?.() === 0 && 'root may write everywhere',
  }, async () => {
    const folder = fresh()
    await (await lockDataFolder(folder)).release()
    await chmod(folder, 0o555)
    await assert.rejects(lockDataFolder(folder), withCode('platform.folder-unwritable'))
  })

  test('a place where nobody may write, not even root', async () => {
    await assert.rejects(lockDataFolder('/proc/huiyin'), (error: unknown) => error instanceof HuiyinError)
  })

  test('a full disk is said in both languages', async () => {
    const error = await writeFile('/dev/full', 'x').then(
      () => undefined,
      reason => folderError(reason, '/data'),
    )
    assert.ok(error instanceof HuiyinError)
    assert.equal(error.code, 'platform.disk-full')
    assert.match(error.messageIn('zh-CN'), /磁盘已满/)
  })
})
