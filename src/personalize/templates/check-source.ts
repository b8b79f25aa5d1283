import { ruleFeaturesOf } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import { pictureProblems } from '../assets/picture-problems.ts'
import type { Block } from '../design/blocks.ts'
import { allBlocks, type Fragments } from '../design/compile/expand.ts'
import type { Design } from '../design/design.ts'
import { companyFields, type Field, fieldsOf, mailFields } from '../design/fields.ts'
import type { Language } from '../design/languages.ts'
import { type Problem, problemsOf, problemsOfLine } from '../design/problems.ts'
import type { FragmentSource, TemplateDraftSource } from './source.ts'

type Store = Pick<App, 'workflow'>

/** Everything that is wrong with a template's design; an expert's files are judged by the engines that compile them. */
export async function problemsOfTemplate(
  app: Store,
  { manifest, schema, design }: TemplateDraftSource,
  fragments: Fragments,
): Promise<Problem[]> {
  if (!design) return []
  const known = {
    fields: [...fieldsOf(schema), ...companyFields, ...(manifest.channel === 'email' ? mailFields : [])],
    languages: design.languages,
    channel: manifest.channel,
    fragments: new Set(fragments.keys()),
    features: new Set((await ruleFeaturesOf(app)).keys()),
  }
  return [
    ...missingParts(manifest.channel, design),
    ...problemsOfLine(design.title, { en: 'the title', zh: '标题' }, known),
    ...problemsOf(design.blocks, known),
    ...(await pictureProblems(app, design.blocks, manifest.channel, design.page.font)),
    ...usedFragments(design.blocks, fragments).flatMap(([at, blocks]) =>
      // Told at the block that stands for the fragment: this template lacks a field that the fragment needs.
      problemsOf(blocks, known)
        .filter(({ severity }) => severity === 'error')
        .map(each => ({ ...each, block: at })),
    ),
  ]
}

/** A mail says why one gets it and how to get no more; a call ends somehow. */
function missingParts(channel: string, { mail, call }: Design): Problem[] {
  const say = (en: string, zh: string): Problem => ({ block: '', severity: 'error', message: { en, zh } })
  return [
    ...(channel === 'email' && !mail
      ? [
          say(
            'A mail needs its settings: why one gets it, and the words to unsubscribe.',
            '邮件需要设置：收到邮件的原因和退订文字。',
          ),
        ]
      : []),
    ...(channel === 'call' && !call
      ? [say('A script needs the outcomes a call can have.', '话术需要设置通话结果。')]
      : []),
  ]
}

const usedFragments = (blocks: readonly Block[], fragments: Fragments): [string, readonly Block[]][] =>
  allBlocks(blocks).flatMap((block): [string, readonly Block[]][] => {
    const content = block.type === 'fragment' ? fragments.get(block.fragment)?.content : undefined
    return content ? [[block.id, content.blocks]] : []
  })

/** A fragment is checked with the fields of all templates: which of them it will stand in is not known. */
export async function problemsOfFragment(
  app: Store,
  { content }: FragmentSource,
  fragments: Fragments,
  fields: readonly Field[],
): Promise<Problem[]> {
  const languages: readonly Language[] = content.languages
  const features = new Set((await ruleFeaturesOf(app)).keys())
  return problemsOf(content.blocks, {
    fields: [...fields, ...companyFields, ...mailFields],
    languages,
    channel: 'print',
    fragments: new Set(fragments.keys()),
    features,
  })
}
