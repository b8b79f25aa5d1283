import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { upliftCommand } from './command.ts'

const hillstrom = fileURLToPath(new URL('../../../../shared/data/uplift/hillstrom.csv', import.meta.url))

// Published uplift of the top tenth: women's mail .0314, men's .0654.
for (const [arm, least] of [
  ['Womens E-Mail', 0.031],
  ['Mens E-Mail', 0.064],
] as const)
  test(`Hillstrom, ${arm}: visits of the top tenth by predicted uplift, held-out halves of five seeds: ≥ ${least}`, {
    skip: !existsSync(hillstrom),
  }, async context => {
    const { json } = await upliftCommand.run({
      args: [hillstrom],
      options: {
        ...{ treatment: 'segment', outcome: 'visit', treated: arm, control: 'No E-Mail' },
        ...{ exclude: 'conversion,spend', repeat: '5' },
      },
      ...{ progress: () => undefined, lang: 'en', cwd: '.' },
    })
    const { meanTop10, repeats } = json as { meanTop10: number; repeats: { top10: number; qini: number }[] }
    for (const { top10, qini } of repeats) context.diagnostic(`top tenth ${top10.toFixed(4)}, Qini ${qini.toFixed(5)}`)
    context.diagnostic(`mean ${meanTop10.toFixed(4)}`)
    assert.ok(meanTop10 >= least, `${meanTop10}`)
  })
