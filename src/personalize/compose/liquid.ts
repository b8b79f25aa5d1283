import { Liquid, type Template } from 'liquidjs'
import type { Lang } from '../../platform/errors.ts'
import { chartTable } from '../charts/table.ts'
import { day, grouped, money, month } from './format.ts'
import { remember } from './remember.ts'

/**
 * The personalisation language of all texts. Data are values, never source: Liquid, HTML or Typst in a customer's name stays
 * text. In HTML everything printed is escaped, and the filter `raw`, which would undo that, does nothing.
 */
export type Target = 'html' | 'text'

interface Formats {
  lang: Lang
  currency: string
}

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
    lang: context.getSync(['lang']) as Lang,
    currency: currencyCode(context.getSync(['currency'])),
  })
  liquid.registerFilter('raw', (value: unknown) => value)
  liquid.registerFilter('money', function (value: unknown) {
    return typeof value === 'number' ? money(value, formats(this.context).currency) : ''
  })
  liquid.registerFilter('day', function (value: unknown) {
    return typeof value === 'string' ? day(value, formats(this.context).lang) : ''
  })
  liquid.registerFilter('month', function (value: unknown) {
    return typeof value === 'string' ? month(value, formats(this.context).lang) : ''
  })
  liquid.registerFilter('number', (value: unknown) => (typeof value === 'number' ? grouped(value) : ''))
  liquid.registerTag('chart', {
    parse(token) {
      this.field = token.args.trim()
    },
    *render(context) {
      const months: unknown = yield context.get([this.field])
      return target === 'html' ? chartTable(months, formats(context)) : ''
    },
  })
  return liquid
}

const engines: Partial<Record<Target, Liquid>> = {}
const parsed: Record<Target, Map<string, Template[]>> = { html: new Map(), text: new Map() }

/** Fills a Liquid text; parsed once per text and thread. */
export function fill(target: Target, source: string, scope: object): string {
  engines[target] ??= engine(target)
  const liquid = engines[target]
  const known = parsed[target]
  // Texts belong to template versions, of which few are in use at a time.
  if (known.size > 2000) known.clear()
  return liquid.renderSync(
    remember(known, source, () => liquid.parse(source)),
    scope,
  ) as string
}

/** ISO 4217; anything else prints no code: filters and charts write it unescaped. */
const currencyCode = (value: unknown): string => (typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : '')
