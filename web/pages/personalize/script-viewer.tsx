import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ScriptBlock } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank } from '../../kit/index.ts'
import type { Content } from './use-content.ts'

/** What the agent was given to say. */
export function ScriptViewer({ content }: { content: UseQueryResult<Content, Error> }) {
  return (
    <Async query={content} lines={6}>
      {({ blob }) => <Script blob={blob} />}
    </Async>
  )
}

function Script({ blob }: { blob: Blob }) {
  const { t } = useText()
  const script = useQuery({ queryKey: ['script', blob.size, blob], queryFn: async () => blocksOf(await blob.text()) })
  if (!script.data) return null
  if (script.data.length === 0) return <Blank title={t('comm.no-viewer')} />
  return (
    <ol className="script-read">
      {script.data.map(block => (
        <li key={block.id}>
          <div className="strong">{block.title}</div>
          <p className="verse">{block.say}</p>
        </li>
      ))}
    </ol>
  )
}

function blocksOf(text: string): Pick<ScriptBlock, 'id' | 'title' | 'say'>[] {
  try {
    const parsed = JSON.parse(text) as { blocks?: ScriptBlock[]; script?: { blocks?: ScriptBlock[] } }
    return parsed.blocks ?? parsed.script?.blocks ?? []
  } catch {
    return []
  }
}
