import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

/** Names of the places of a compiled message: text, `[name]`, or `[name, type, { branch: message }]`. */
function places(message: unknown): string[] {
  if (!Array.isArray(message)) return []
  return message.flatMap((token: unknown) => {
    if (!Array.isArray(token)) return []
    const [name, , branches] = token as [string, string?, Record<string, unknown>?]
    return [name, ...Object.values(typeof branches === 'object' && branches ? branches : {}).flatMap(places)]
  })
}

test('places are found inside of branches too', () => {
  const message = '{a} {n, plural, one {# of {b}} other {all}}'
  assert.deepEqual(places(compileMessage(message)).toSorted(), ['a', 'b', 'n'])
})

const catalogues = { en, 'zh-CN': zhCN } as const

for (const [lang, messages] of Object.entries(catalogues))
  test(`every message of ${lang} is ICU that can be read`, () => {
    for (const [id, message] of Object.entries(messages)) {
      const failures: string[] = []
      const compiled = compileMessage(message, value => value)
      if (message.includes('{') && !Array.isArray(compiled)) failures.push(id)
      assert.deepEqual(failures, [])
    }
  })

test('no part of the catalogue overwrites another', async () => {
  const parts = readdirSync(join(import.meta.dirname, 'en'))
  let count = 0
  for (const part of parts) {
    const module = (await import(`./en/${part}`)) as Record<string, Record<string, string>>
    for (const messages of Object.values(module)) count += Object.keys(messages).length
  }
  assert.equal(Object.keys(en).length, count)
})

test('Chinese asks for nothing that English does not', () => {
  for (const [id, message] of Object.entries(zhCN)) {
    const known = places(compileMessage(en[id as keyof typeof en]))
    for (const name of places(compileMessage(message))) assert.ok(known.includes(name), `${id}: {${name}}`)
  }
})

test('no message was left in the other language', () => {
  const han = /\p{Script=Han}/u
  const same = new Set(['app.name', 'app.han', 'shell.other-language', 'shell.switch-language'])
  for (const [id, message] of Object.entries(en)) assert.ok(same.has(id) || !han.test(message), `en ${id}`)
  for (const [id, message] of Object.entries(zhCN)) {
    const words = message.replace(/\{[^{}]*\}/g, '').match(/[A-Za-z]{4,}/g) ?? []
    assert.ok(
      han.test(message) || words.length === 0 || id.startsWith('app.') || id.startsWith('metric.'),
      `zh-CN ${id}`,
    )
  }
})
