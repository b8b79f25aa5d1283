import type { Template } from 'liquidjs'
import { parseLiquid, type Target } from '../../compose/liquid.ts'
import { type LiquidPlace, placeOf } from '../../compose/liquid-problem.ts'
import type { Branch } from './branch.ts'

/** A text with every way it can go marked, to be rendered in place of the text itself. */
export interface MarkedLiquid {
  templates: Template[]
  branches: Branch[]
}

interface Conditional {
  name?: string
  token: { getText(): string; begin: number }
  branches?: { templates: Template[]; value?: unknown; values?: unknown }[]
  templates?: Template[]
  elseTemplates?: Template[]
}

/** Marks write nothing: they tell the collector that their branch was taken. */
export function markLiquid(target: Target, source: string, place: LiquidPlace, taken: Set<string>): MarkedLiquid {
  const templates = parseLiquid(target, source)
  const branches: Branch[] = []
  let tags = 0
  const walk = (list: readonly Template[]): void => {
    for (const each of list as unknown as Conditional[]) {
      if (each.name !== undefined && CONDITIONALS.has(each.name)) conditional(each)
      else if (each.templates) walk(each.templates)
    }
  }
  const conditional = (tag: Conditional): void => {
    const number = ++tags
    const condition = tag.token.getText()
    const mark = (list: Template[] | undefined, way: string): Template[] => {
      const of = place.key === undefined ? place.file : `${place.file}#${place.key}`
      const id = `${of}/${number}:${condition}/${way}`
      branches.push({ id, file: place.file, line: lineOf(place, condition), condition, way })
      if (list) walk(list)
      return [markTemplate(() => taken.add(id)), ...(list ?? [])]
    }
    if (tag.branches)
      for (const [index, branch] of tag.branches.entries())
        branch.templates = mark(branch.templates, index === 0 ? 'yes' : `yes-${index + 1}`)
    else if (tag.templates) tag.templates = mark(tag.templates, 'rounds')
    tag.elseTemplates = mark(tag.elseTemplates, tag.branches ? 'no' : 'no-rounds')
  }
  walk(templates)
  return { templates, branches }
}

const CONDITIONALS = new Set(['if', 'unless', 'case', 'for', 'tablerow'])

const markTemplate = (tell: () => void): Template =>
  ({
    token: { getText: () => '' },
    render() {
      tell()
    },
  }) as unknown as Template

function lineOf({ written, key }: LiquidPlace, condition: string): number {
  const part = key === undefined ? condition : JSON.stringify(condition).slice(1, -1)
  const from = key === undefined ? 0 : Math.max(0, written.indexOf(JSON.stringify(key)))
  return placeOf(written, Math.max(0, written.indexOf(part, from))).line
}
