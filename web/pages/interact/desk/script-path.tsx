import type { ScriptBlock, ScriptField, TaskDetail } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Button, Field, type Hotkeys, Panel, useHotkeys } from '../../../kit/index.ts'
import { CallbackTime } from './callback-time.tsx'
import { ScriptFieldInput } from './script-field.tsx'
import { askedFields, branchTaken, CALLBACK, reached, type TaskDraft, takeBranch, withAnswer } from './task-draft.ts'

interface ScriptPathProps {
  script: TaskDetail['script']
  draft: TaskDraft
  change: (part: Partial<TaskDraft>) => void
  active: boolean
  known: TaskDetail['known']
}

/** The script as far as the call has come: what to say, what to ask, and where the answer leads. What is behind is one line. */
export function ScriptPath({ script, ...talk }: ScriptPathProps) {
  const { t, term } = useText()
  const { draft, change, active } = talk
  const blocks = reached(script.blocks, draft.path)
  const last = blocks.at(-1)
  const take = (block: ScriptBlock, depth: number, branch: ScriptBlock['next'][number]) => (): void =>
    change(takeBranch(draft, script.blocks, block, depth, branch))
  const keys: Hotkeys = {}
  if (active && last)
    for (const [index, branch] of last.next.slice(0, 9).entries())
      keys[String(index + 1)] = take(last, blocks.length - 1, branch)
  useHotkeys(keys)
  return (
    <Panel title={t('task.script')} note={term('language', script.language)}>
      {blocks.length === 0 ? <Blank title={t('task.no-script')} /> : null}
      <ol className="script">
        {blocks.map((block, depth) => {
          const current = block === last
          const taken = branchTaken(draft, block, depth)
          const body = (
            <>
              <p className="say verse">{block.say}</p>
              <Asked block={block} {...talk} />
              {block.next.length > 0 ? (
                <div className="row">
                  {block.next.map((branch, index) => (
                    <Button
                      key={`${branch.answer} ${branch.to}`}
                      type={branch === taken ? 'primary' : 'default'}
                      aria-pressed={branch === taken}
                      disabled={!active}
                      onClick={take(block, depth, branch)}
                    >
                      {current ? <kbd className="in-button before">{index + 1}</kbd> : null}
                      {branch.answer}
                    </Button>
                  ))}
                </div>
              ) : null}
            </>
          )
          return (
            <li key={block.id} className={current ? 'script-block current' : 'script-block'}>
              {current ? (
                <>
                  <div className="small muted">{block.title}</div>
                  {body}
                </>
              ) : (
                <details>
                  <summary>
                    <span className="small muted">{block.title}</span> <span className="strong">{taken?.answer}</span>
                  </summary>
                  {body}
                </details>
              )}
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}

function Asked({ block, ...talk }: Omit<ScriptPathProps, 'script'> & { block: ScriptBlock }) {
  const asked = askedFields(block)
  if (asked.length === 0) return null
  return (
    <div className="fields">
      {asked.map(field => (
        <AskedField key={field.id} field={field} {...talk} />
      ))}
    </div>
  )
}

function AskedField({ field, draft, change, active, known }: Omit<ScriptPathProps, 'script'> & { field: ScriptField }) {
  const { t, term, instant } = useText()
  const its = known[field.golden ?? field.id]
  if (field.id === CALLBACK)
    return (
      <Field label={field.label}>
        {id => (
          <CallbackTime
            id={id}
            value={draft.callbackAt}
            disabled={!active}
            onChange={callbackAt => change({ callbackAt })}
          />
        )}
      </Field>
    )
  return (
    <div>
      <ScriptFieldInput
        field={field}
        value={draft.answers[field.id] ?? its?.value ?? ''}
        disabled={!active}
        onChange={value => change(withAnswer(draft, field, value))}
      />
      {its && draft.answers[field.id] === undefined ? (
        <div className="small muted">
          {t('desk.known', { source: term('source', its.source), at: its.at ? instant(its.at) : '–' })}
        </div>
      ) : null}
    </div>
  )
}
