import type { Difference } from '../../../../api/content.ts'
import { useGet } from '../../../../api/queries.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Async, Blank, Chip, type Tone } from '../../../../kit/index.ts'

const tones: Record<Difference['blocks'][number]['kind'], Tone> = {
  added: 'good',
  removed: 'bad',
  changed: 'warn',
  moved: 'accent',
}

/** What differs: block by block in words, files line by line, settings by name. */
export function DifferenceView({ kind, id, from, to }: { kind: string; id: string; from: string; to: string }) {
  const { t } = useText()
  const found = useGet<Difference>(`/${kind}s/${encodeURIComponent(id)}/diff`, { query: { from, to } })
  return (
    <Async query={found} lines={6}>
      {({ blocks, files, settings }) =>
        blocks.length + files.length + settings.length === 0 ? (
          <Blank title={t('content.same')} />
        ) : (
          <div className="stack tight">
            {settings.map(({ name, before, after }) => (
              <div key={name} className="diff-block">
                <span className="strong">{name}</span>
                <BeforeAfter before={before} after={after} />
              </div>
            ))}
            {blocks.map(block => (
              <BlockDifference key={`${block.kind} ${block.block}`} block={block} />
            ))}
            {files.map(({ file, lines }) => (
              <FileDifference key={file} file={file} lines={lines} />
            ))}
          </div>
        )
      }
    </Async>
  )
}

function BlockDifference({ block }: { block: Difference['blocks'][number] }) {
  const { t, term, say } = useText()
  return (
    <div className="diff-block">
      <div className="row wrap">
        <Chip tone={tones[block.kind]}>{t(`content.diff-${block.kind}`)}</Chip>
        <span className="strong">{term('block', block.type)}</span>
        <code className="small muted">{[...block.inside, block.block].join(' › ')}</code>
        {block.settings.length > 0 ? <span className="small muted">{block.settings.join(', ')}</span> : null}
      </div>
      {block.condition ? (
        <BeforeAfter
          before={block.condition.before ? say(block.condition.before) : t('content.always')}
          after={block.condition.after ? say(block.condition.after) : t('content.always')}
        />
      ) : null}
      {block.words.map(({ language, before, after }) => (
        <div key={language} lang={language}>
          <span className="lang-mark">{term('language', language)}</span>
          <BeforeAfter before={before} after={after} />
        </div>
      ))}
    </div>
  )
}

const BeforeAfter = ({ before, after }: { before: string; after: string }) => (
  <div className="diff-pair">
    {before === '' ? null : <del className="verse">{before}</del>}
    {after === '' ? null : <ins className="verse">{after}</ins>}
  </div>
)

/** Lines around a change are enough to know the place. */
const AROUND = 3

function FileDifference({ file, lines }: Difference['files'][number]) {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(line => line.kind !== 'same'),
  )
  return (
    <div className="diff-file">
      <div className="strong">{file}</div>
      <table className="diff-lines">
        <tbody>
          {lines.map((line, at) => {
            if (!near[at]) return null
            const key = `${line.before ?? ''} ${line.after ?? ''}`
            return (
              <tr key={key} className={line.kind}>
                <td className="right muted">{line.before ?? ''}</td>
                <td className="right muted">{line.after ?? ''}</td>
                <td>
                  <pre>{`${line.kind === 'added' ? '+' : line.kind === 'removed' ? '−' : ' '} ${line.text}`}</pre>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
