import { createHash } from 'node:crypto'
import type { Rule } from '../../../analyze/index.ts'
import type { TemplateManifest } from '../../compose/template.ts'
import type { Language } from '../languages.ts'
import type { Logic } from '../logic.ts'
import type { When } from '../when.ts'

/** What a design becomes while it is compiled: texts by name, conditions, tables, and what its manifest has to say of them. */
export class Compilation {
  readonly languages: readonly Language[]
  readonly texts: Partial<Record<Language, Record<string, string>>>
  readonly logic: Logic = { conditions: {}, tables: {}, barcodes: {}, parts: {}, groups: [], regions: [] }
  /** Name of the condition → the rule, asked of all customers of a part in one statement. */
  readonly rules: Record<string, Rule> = {}
  readonly charts: TemplateManifest['charts'] = {}
  readonly slots: TemplateManifest['slots'] = {}

  constructor(languages: readonly Language[]) {
    this.languages = languages
    this.texts = Object.fromEntries(languages.map(language => [language, {}]))
  }

  /** Puts a text under its name. */
  say(language: Language, name: string, liquid: string): string {
    this.texts[language]![name] = liquid
    return name
  }

  /** Equal conditions are one, whoever wrote them: named by what they say, so that rows of data can name them, too. */
  condition(when: When): string {
    if (when.by === 'rule') {
      const key = `r${digest(when.rule)}`
      this.rules[key] = when.rule
      this.logic.conditions[key] = { rule: true }
      return key
    }
    const said = when.by === 'data' ? { all: when.all } : { any: when.any }
    const key = `c${digest(said)}`
    this.logic.conditions[key] = said
    return key
  }

  /** Several conditions at once; `!key` says that one does not hold. */
  together(keys: readonly string[]): string {
    const [first = ''] = keys
    if (keys.length === 1 && !first.startsWith('!')) return first
    const key = `a${digest(keys)}`
    this.logic.conditions[key] = { keys: [...keys] }
    return key
  }
}

const digest = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex').slice(0, 10)

/** JSON with sorted keys: the order in which somebody's editor wrote them does not matter. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`)
    .join(',')}}`
}
