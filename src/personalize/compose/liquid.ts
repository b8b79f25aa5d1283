import { Liquid, type Template } from 'liquidjs'
import { chartTable } from '../charts/table.ts'
import { currencyCode, type Formats, formats as written } from './formats.ts'
import type { Language } from './languages.ts'
import { type LiquidPlace, liquidProblem, TemplateFault } from './liquid-problem.ts'
import { remember } from './remember.ts'

/**
 * The personalisation language of all texts. Data are values, never source: Liquid, HTML or Typst in a customer's name stays
 * text. In HTML everything printed is escaped, and the filter `raw`, which would undo that, does nothing.
 */
export type Target = 'html' | 'text'

function engine(target: Target): Liquid {
  const liquid = new Liquid({
    ...(target === 'html' ? { outputEscape: 'escape' as const } : {}),
    ownPropertyOnly: true,
    strictFilters: true,
    // Nothing is read from disk: `include` and `render` find only what is in here.
    templates: {},
    // A template that would run away stops: characters, milliseconds, units of memory.
    parseLimit: 1e6,
    renderLimit: 2000,
    memoryLimit: 1e7,
  })
  const formats = (context: { getSync(path: string[]): unknown }): Formats => ({
    lang: context.getSync(['lang']) as Language,
    currency: currencyCode(context.getSync(['currency'])),
  })
  liquid.registerFilter('raw', (value: unknown) => value)
  for (const [name, write] of Object.entries(written))
    liquid.registerFilter(name, function (value: unknown) {
      return write(value, formats(this.context))
    })
  liquid.registerTag('chart', {
    parse(token) {
      // `{% chart months %}`, `{% chart goods share %}`: the field, and the type where it is not months.
      const [field = '', type = 'months'] = token.args.trim().split(/\s+/)
      this.field = field
      this.type = type
    },
    *render(context) {
      const rows: unknown = yield context.get(this.field.split('.'))
      return target === 'html' ? chartTable(rows, formats(context), this.type) : ''
    },
  })
  return liquid
}

const engines: Partial<Record<Target, Liquid>> = {}
const parsed: Record<Target, Map<string, Template[]>> = { html: new Map(), text: new Map() }

const engineFor = (target: Target): Liquid => {
  engines[target] ??= engine(target)
  return engines[target]
}

/** For whoever looks into a text: parsed anew, so that what is done to the templates stays with them. */
export const parseLiquid = (target: Target, source: string): Template[] => engineFor(target).parse(source)
export const renderLiquid = (target: Target, templates: Template[], scope: object): string =>
  engineFor(target).renderSync(templates, scope) as string

/** Fields a text asks the data for, with the place of the first asking; what it names itself is not among them. */
export function variablesOf(
  target: Target,
  templates: Template[],
): { path: string[]; at: { line: number; column: number } }[] {
  const { globals } = engineFor(target).analyzeSync(templates)
  return Object.values(globals).flatMap(found =>
    found.map(({ segments, location }) => {
      const open = segments.findIndex(segment => typeof segment !== 'string')
      const path = (open < 0 ? segments : segments.slice(0, open)).map(String)
      return { path, at: { line: location.row, column: location.col } }
    }),
  )
}

/** Fills a Liquid text; parsed once per text and thread. */
export function fill(target: Target, source: string, scope: object): string {
  const liquid = engineFor(target)
  const known = parsed[target]
  // Texts belong to template versions, of which few are in use at a time.
  if (known.size > 2000) known.clear()
  return liquid.renderSync(
    remember(known, source, () => liquid.parse(source)),
    scope,
  ) as string
}

/** The same, naming the place when it fails. */
export function fillIn(target: Target, source: string, scope: object, place: LiquidPlace): string {
  try {
    return fill(target, source, scope)
  } catch (error) {
    throw new TemplateFault(liquidProblem(error, place), error)
  }
}
