import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { readPipe, Slots } from './pipes.ts'

test('a writer that opens its pipe when the reader is gone is let go, and cannot write on', {
  timeout: 20_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-pipes-'))
  try {
    const slot = await new Slots(folder, 1).take()
    const pipe = readPipe(slot)
    pipe.stream.destroy()
    await once(pipe.stream, 'close')
    const writer = spawn(
      'sh',
      ['-c', `exec 3>'${slot.path}'; echo open; trap '' PIPE; while echo x >&3; do :; done; echo refused`],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    let said = ''
    writer.stdout.setEncoding('utf8').on('data', part => (said += part))
    await wait(300)
    assert.equal(said, '', 'it waits for a reader')
    const closed = once(writer, 'close')
    // Again and again, as a statement is killed: on a busy machine the writer may not have come to its pipe yet.
    for (; writer.exitCode === null; await wait(50)) pipe.unblock()
    await closed
    assert.equal(said, 'open\nrefused\n')
    pipe.finish()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
