import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REPLY_CLASSES } from './classes.ts'
import { byModel, byRule } from './classify.ts'
import { f1Of, learn, macro } from './learn.ts'
import { readSet, SEEDS, SITTINGS } from './seed.ts'

/**
 * What somebody else's wordings will find: one sitting of the seed left out, both languages together. Three were chosen to be hard (slang
 * of few words, words of another class, odd forms); the plain one is what most people write. Measured .85, .77, .77 and .91.
 */
const LEAST: Record<string, number> = { '-spoken': 0.82, '-tangled': 0.74, '-mixed': 0.76, '-plain': 0.89 }

for (const sitting of SITTINGS.slice(1))
  test(`learnt from the other sittings, the sitting "${sitting}" is told apart, and where it is sure it is right 9 times in 10`, async () => {
    const held = SEEDS.filter(name => name.endsWith(sitting))
    const { model } = learn((await Promise.all(SEEDS.filter(name => !held.includes(name)).map(readSet))).flat())
    const said = (await Promise.all(held.map(readSet))).flat().map(one => {
      const by = byRule({ own: one.text, channel: 'email' }) ?? byModel(model, one.text)
      return { truth: one.class, ...by }
    })
    const f1 = f1Of(said.map(one => [REPLY_CLASSES.indexOf(one.truth), REPLY_CLASSES.indexOf(one.class)]))
    assert.ok(macro(f1) >= LEAST[sitting]!, `${macro(f1)} ${JSON.stringify(f1)}`)
    const sure = said.filter(one => one.sure)
    const right = sure.filter(one => one.truth === one.class).length / sure.length
    assert.ok(right >= 0.9, String(right))
  })
