import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { WORKSPACE } from '../../compose/print.ts'
import type { TemplateVersion } from '../../compose/template.ts'
import type { Branch } from './branch.ts'
import { type TypstCondition, typstConditions } from './typst-conditions.ts'

export interface TypstBranches {
  branches: Branch[]
  /** Which ways the data that are laid out now lead. */
  taken(typst: NodeCompiler): string[]
}

const ways = ['yes', 'no'] as const
const idOf = ({ file, source }: TypstCondition, nth: number, way: string) => `${file}/${nth}:${source}/${way}`

/**
 * Typst has no side effects, so a branch cannot tell that it was taken; its condition can be asked again beside the document, as long
 * as it is about the data and not about names of its own function. The first document told which: those that cannot be asked are
 * listed as unseen.
 */
export function typstBranches(version: TemplateVersion): TypstBranches {
  const conditions = typstConditions(version.files)
  let seen: number[] | undefined
  const branches = conditions.flatMap((condition, nth) =>
    ways.map((way): Branch => {
      const { file, line, source } = condition
      return { id: idOf(condition, nth, way), file, line, condition: `if ${source}`, way }
    }),
  )
  const asked = (typst: NodeCompiler, which: readonly number[]) =>
    answers(
      typst,
      which.map(nth => [nth, conditions[nth]!.source]),
    )
  return {
    branches,
    taken(typst) {
      if (!seen) {
        seen = conditions.map((_, nth) => nth).filter(nth => asked(typst, [nth]) !== undefined)
        const known = new Set(seen)
        for (const [nth] of conditions.entries())
          if (!known.has(nth)) for (const branch of branches.slice(nth * 2, nth * 2 + 2)) branch.unseen = true
      }
      return (asked(typst, seen) ?? []).map(([nth, yes]) => idOf(conditions[nth]!, nth, yes ? 'yes' : 'no'))
    },
  }
}

function answers(typst: NodeCompiler, questions: readonly [number, string][]): [number, boolean][] | undefined {
  if (questions.length === 0) return []
  const lines = questions.map(([nth, source]) => `#metadata((${nth}, if ${source} { true } else { false })) <asked>`)
  const probe = `${WORKSPACE}/asked.typ`
  typst.addSource(probe, `#import "/huiyin.typ": *\n${lines.join('\n')}\n`)
  const compiled = typst.compile({ mainFilePath: probe })
  if (compiled.takeError() || !compiled.result) return undefined
  return typst.query(compiled.result, { selector: '<asked>', field: 'value' }) as [number, boolean][]
}
