import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { writeOnce } from './write-once.ts'

let root: string
let folders: { unfinished: string; done: string; moved: string }

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'huiyin-once-'))
  folders = { unfinished: join(root, 'tmp'), done: join(root, 'new'), moved: join(root, 'cur') }
})
afterEach(() => rm(root, { recursive: true }))

const files = Array.from({ length: 40 }, (_, number) => ({
  name: `m${number}`,
  content: Buffer.from(`text ${number}`),
}))

test('a batch delivered twice is there once, and half a file of a killed process is written over', async () => {
  await mkdir(folders.unfinished)
  await writeFile(join(folders.unfinished, 'm3'), 'ha')
  await writeOnce(folders, files)
  await writeOnce(folders, files)
  assert.deepEqual((await readdir(folders.done)).sort(), files.map(file => file.name).sort())
  assert.deepEqual(await readdir(folders.unfinished), [])
  assert.equal(await readFile(join(folders.done, 'm3'), 'utf8'), 'text 3')
})

test('what a reader has moved on does not come back', async () => {
  await writeOnce(folders, files)
  await mkdir(folders.moved)
  await rename(join(folders.done, 'm7'), join(folders.moved, 'm7:2,S'))
  await rename(join(folders.done, 'm8'), join(folders.moved, 'm8:2,'))
  await writeOnce(folders, files)
  assert.equal((await readdir(folders.done)).length, files.length - 2)
})

test('what was delivered is never written again', async () => {
  await writeOnce(folders, files)
  await writeOnce(
    folders,
    files.map(file => ({ ...file, content: Buffer.from('other') })),
  )
  assert.equal(await readFile(join(folders.done, 'm0'), 'utf8'), 'text 0')
})
