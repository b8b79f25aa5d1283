/**
 * Every error a person can meet comes from a catalogue: a code, an HTTP status, an exit code and a message in both
 * languages. Each part of the house declares its own with `defineErrors`; codes are `part.what-is-wrong`.
 */
import type { Text } from './text.ts'

export type Lang = 'zh-CN' | 'en'

export interface ErrorSpec {
  /** HTTP status; 4xx is the caller's, 5xx is ours. */
  status: number
  /** Exit code of the command line: 1 failed, 2 bad input or usage. Default: 2 for 4xx, else 1. */
  exit?: 1 | 2
  /** Message with {name} places filled from the parameters. */
  en: string
  zh: string
}

/** A parameter that is words of our own (the name of a limit) is given in both languages. */
export type ErrorParams = Record<string, string | number | boolean | Text | undefined>

const catalogue = new Map<string, ErrorSpec>()

export class HuiyinError extends Error {
  readonly code: string
  readonly params: ErrorParams
  readonly status: number
  readonly exit: 1 | 2

  constructor(code: string, spec: ErrorSpec, params: ErrorParams = {}, cause?: unknown) {
    super(fill(spec.en, params, 'en'), cause === undefined ? undefined : { cause })
    this.name = 'HuiyinError'
    this.code = code
    this.params = params
    this.status = spec.status
    this.exit = spec.exit ?? (spec.status < 500 ? 2 : 1)
  }

  /** The message in the reader's language. */
  messageIn(lang: Lang): string {
    const spec = catalogue.get(this.code)
    return spec ? fill(lang === 'zh-CN' ? spec.zh : spec.en, this.params, lang) : this.message
  }
}

const fill = (text: string, params: ErrorParams, lang: Lang): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    return typeof value === 'object' ? (lang === 'zh-CN' ? value.zh : value.en) : String(value)
  })

type Maker = (params?: ErrorParams, cause?: unknown) => HuiyinError

/** Declares errors and returns one maker per code: `throw errors['collect.file-missing']({ file })`. */
export function defineErrors<Codes extends string>(specs: Record<Codes, ErrorSpec>): Record<Codes, Maker> {
  const makers = {} as Record<Codes, Maker>
  for (const code of Object.keys(specs) as Codes[]) {
    const spec = specs[code]
    catalogue.set(code, spec)
    makers[code] = (params, cause) => new HuiyinError(code, spec, params, cause)
  }
  return makers
}

/** All declared errors, for the documentation and for the test that both languages have every place. */
export const errorCatalogue = (): ReadonlyMap<string, ErrorSpec> => catalogue
