import type { Data } from '../../compose/check-data.ts'
import { renderLiquid, type Target } from '../../compose/liquid.ts'
import { layOut } from '../../compose/print.ts'
import { remember } from '../../compose/remember.ts'
import type { TemplateVersion } from '../../compose/template.ts'
import { languageOf, viewOf } from '../../compose/texts.ts'
import type { Branch } from './branch.ts'
import { type MarkedLiquid, markLiquid } from './liquid-branches.ts'
import { type TypstBranches, typstBranches } from './typst-branches.ts'

export interface Coverage {
  /** Every way the template can go, in every language. */
  branches: Branch[]
  /** Those that these data take in the texts: .3 ms. */
  inTexts(data: Data): string[]
  /** And on the page: the document is laid out for it, 12 ms. */
  onPage(data: Data): { taken: string[]; pages: number }
}

const known = new WeakMap<TemplateVersion, Coverage>()

export const coverageOf = (version: TemplateVersion): Coverage => remember(known, version, () => coverage(version))

interface MarkedText extends MarkedLiquid {
  target: Target
  /** Of a file of texts; every language has the others. */
  language?: string
}

function coverage(version: TemplateVersion): Coverage {
  const found = new Set<string>()
  const texts = markedTexts(version, found)
  const typst: TypstBranches | undefined = version.manifest.channel === 'print' ? typstBranches(version) : undefined
  return {
    branches: [...texts.flatMap(({ branches }) => branches), ...(typst?.branches ?? [])],
    inTexts(data) {
      found.clear()
      const language = languageOf(version, data)
      const scope = { ...viewOf(version, data), unsubscribe: '', preferences: '' }
      for (const text of texts)
        if (text.language === undefined || text.language === language) renderLiquid(text.target, text.templates, scope)
      return [...found]
    },
    onPage(data) {
      const laid = typst ? layOut(version, data) : undefined
      if (!laid || 'state' in laid) return { taken: [], pages: 0 }
      return { taken: typst?.taken(laid.typst) ?? [], pages: laid.document.numOfPages }
    },
  }
}

function markedTexts(version: TemplateVersion, found: Set<string>): MarkedText[] {
  const { files, compiled, manifest } = version
  const texts = manifest.languages.flatMap(language => {
    const file = `texts.${language}.json`
    const written = files[file] ?? '{}'
    return Object.entries(JSON.parse(written) as Record<string, string>).map(([key, source]): MarkedText => {
      const target = 'text'
      return { ...markLiquid(target, source, { file, written, key }, found), target, language }
    })
  })
  const whole = (target: Target, source: string | undefined, file: string): MarkedText[] =>
    source === undefined
      ? []
      : [{ ...markLiquid(target, source, { file, written: files[file] ?? source }, found), target }]
  return [
    ...texts,
    ...whole('text', files['body.txt'], 'body.txt'),
    ...whole('html', compiled['body.html'], 'body.mjml'),
  ]
}
