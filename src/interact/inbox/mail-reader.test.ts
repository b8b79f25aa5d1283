import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { mailReader } from './mail-reader.ts'

const mail = (words = 'Where is it?') =>
  Buffer.from(
    `From: Li <li@mail.example>\r\nTo: s@b.example\r\nSubject: Parcel\r\nMessage-ID: <1@mail.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${words}\r\n--b\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment\r\n\r\nfile\r\n--b--\r\n`,
  )

test('a reader that is killed while it reads is followed by another: nothing of the mail is missing', async () => {
  const reader = mailReader()
  const opened = reader.open(mail())
  const reading = opened.whole()
  while (!reader.child()) await turn()
  reader.child()!.kill('SIGKILL')
  const read = await reading
  assert.deepEqual([read.from, read.subject, read.text.trim()], ['li@mail.example', 'Parcel', 'Where is it?'])
  assert.deepEqual(
    read.attachments.map(({ name, content }) => [name, String(Buffer.from(content))]),
    [['a.txt', 'file']],
  )
  assert.deepEqual((await opened.report())[0]?.kind, 'other')
  assert.equal((await opened.look()).mailId, '<1@mail.example>')
})

test('a mail that breaks every reader is kept as it came, and the next one is read', async () => {
  const reader = mailReader()
  const bytes = mail()
  let over = false
  const reading = reader
    .open(bytes)
    .whole()
    .finally(() => {
      over = true
    })
  while (!over) {
    reader.child()?.kill('SIGKILL')
    await turn()
  }
  const kept = await reading
  assert.deepEqual([kept.from, kept.attachments.length], ['', 1])
  assert.deepEqual(kept.attachments[0]!.content, bytes)
  assert.equal((await reader.open(bytes).whole()).text.trim(), 'Where is it?')
})

test('memory is bounded: what takes more ends its reader and not the server; its sender is known all the same', async () => {
  const reader = mailReader({ heapMb: 24, patienceMs: 120_000, idleMs: 60_000 })
  const hungry = mail('Wo 在 is it?\r\n'.repeat(250_000))
  const kept = await reader.open(hungry).whole()
  assert.deepEqual([kept.from, kept.attachments.map(({ name }) => name)], ['li@mail.example', ['message.eml']])
  assert.equal((await reader.open(mail()).whole()).text.trim(), 'Where is it?')
})
