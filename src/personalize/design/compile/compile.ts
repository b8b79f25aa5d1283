import { readFile } from 'node:fs/promises'
import type { Rule } from '../../../analyze/index.ts'
import { FONT_FAMILY } from '../../compose/fonts.ts'
import type { Brand, TemplateManifest } from '../../compose/template.ts'
import type { Design } from '../design.ts'
import { Compilation } from './compilation.ts'
import { expand, type Fragments, type FragmentUse } from './expand.ts'
import type { Laid } from './laid.ts'
import { layAll, lineOf } from './lay.ts'
import { mjmlOf } from './mjml.ts'
import { plainOf, shortOf } from './plain-text.ts'
import { scriptOf } from './script-of.ts'
import { typstOf } from './typst.ts'

/** What a design becomes: files as an expert would have written them, and what the manifest says of them. */
export interface Compiled {
  files: Record<string, string>
  charts: TemplateManifest['charts']
  slots: TemplateManifest['slots']
  /** Name of the condition → the rule of segments it asks. */
  rules: Record<string, Rule>
  /** Fragments put in, with their versions, by id. */
  fragments: FragmentUse[]
}

/** The same design and fragments give the same files, whoever compiles them, wherever and when. */
export async function compile(
  design: Design,
  { channel, brand, fragments }: { channel: TemplateManifest['channel']; brand: Brand; fragments: Fragments },
): Promise<Compiled> {
  const to = new Compilation(design.languages)
  const { blocks, used } = expand(design.blocks, fragments, channel)
  lineOf(to, 'title', design.title)
  const laid = layAll(blocks, to)
  const files = await filesOf(channel, laid, design, to, brand)
  for (const language of design.languages) files[`texts.${language}.json`] = json(to.texts[language] ?? {})
  files['logic.json'] = json(to.logic)
  const byName = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { files: byName, charts: to.charts, slots: to.slots, rules: to.rules, fragments: used }
}

async function filesOf(
  channel: TemplateManifest['channel'],
  laid: readonly Laid[],
  design: Design,
  to: Compilation,
  brand: Brand,
): Promise<Record<string, string>> {
  switch (channel) {
    case 'print': {
      const subject = lineOf(to, 'subject', design.page.subject)
      return { 'main.typ': typstOf(laid, design, to, subject), 'blocks.typ': await library() }
    }
    case 'email':
    case 'portal':
    case 'kiosk': {
      const mail = channel === 'email'
      lineOf(to, 'subject', design.title)
      if (mail && design.mail)
        for (const name of ['preheader', 'why', 'unsubscribe'] as const) lineOf(to, name, design.mail[name])
      return { 'body.mjml': mjmlOf(laid, design, to, brand, mail), 'body.txt': plainOf(laid, design, mail) }
    }
    case 'sms': {
      for (const language of to.languages)
        to.say(
          language,
          'body',
          shortOf(laid, name => to.texts[language]?.[name] ?? ''),
        )
      return {}
    }
    case 'call':
      return { 'script.json': scriptOf(laid, design, to) }
  }
}

/** Part of every version, so that later blocks do not change what was sent. */
const library = async (): Promise<string> =>
  (await readFile(new URL('../blocks.typ', import.meta.url), 'utf8')).replaceAll('{font}', FONT_FAMILY)

const json = (value: object): string => `${JSON.stringify(value, null, 1)}\n`
