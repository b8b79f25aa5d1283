import type { Design } from '../design.ts'
import type { Compilation } from './compilation.ts'
import type { Laid } from './laid.ts'
import { lineOf } from './lay.ts'

/** The steps of a call as `script.json`: each with the condition under which it is said, those around it included. */
export function scriptOf(blocks: readonly Laid[], design: Design, to: Compilation): string {
  const outcomes = (design.call?.outcomes ?? []).map(({ code, label }) => ({
    code,
    label: lineOf(to, `outcome-${code}`, label),
  }))
  return `${JSON.stringify({ blocks: steps(blocks, [], to), outcomes }, null, 1)}\n`
}

function steps(blocks: readonly Laid[], keys: readonly string[], to: Compilation): object[] {
  return blocks.flatMap(block => {
    if (block.type === 'choice')
      return [
        ...steps(block.blocks, [...keys, block.key], to),
        ...steps(block.otherwise, [...keys, `!${block.key}`], to),
      ]
    if (block.type !== 'step') return []
    const when = keys.length > 0 ? { when: `when.${to.together(keys)}` } : {}
    const { id, title, say, fields, next } = block
    return [{ id, title, say, ...when, fields, next }]
  })
}
