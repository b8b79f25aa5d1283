/** docs/marts.md, made from the declarations. */
import type { Stage } from './app.ts'
import { type Mart, viewOf } from './marts.ts'
import type { Text } from './text.ts'

const both = ({ en, zh }: Text): string => `${en} · ${zh}`
const cell = (text: string): string => text.replaceAll('|', '\\|')

function martText(mart: Mart): string {
  const rows = Object.entries(mart.columns).map(([name, { text, personal }]) => {
    const notes = [mart.key.includes(name) ? 'key' : '', personal ? 'personal' : ''].filter(Boolean).join(', ')
    return `| \`${name}\` | ${cell(text.en)} | ${cell(text.zh)} | ${notes} |`
  })
  return [
    `### \`${viewOf(mart)}\``,
    '',
    both(mart.row),
    '',
    '| column | meaning | 含义 | |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}

export function martsDocument(stages: readonly Stage[]): string {
  const parts = stages
    .filter(stage => (stage.marts ?? []).length > 0)
    .map(stage => [`## ${both(stage.title)}`, '', (stage.marts ?? []).map(martText).join('\n\n')].join('\n'))
  return `# Marts

What BI tools and other systems may read: views in the facts store, always over the newest committed run of the step that
made their rows. A column marked personal is masked in samples and asks for consent of the person who sends it on. Declared by each
stage in its \`marts.ts\`; this page is made from there: \`node scripts/marts-doc.ts\`, and a test compares it.

${parts.join('\n\n')}
`
}
