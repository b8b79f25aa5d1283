import type { TaskDetail } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Button, type Hotkeys, Panel, useHotkeys } from '../../../kit/index.ts'
import { ScriptFieldInput } from './script-field.tsx'
import { askedFields, isTaken, reached, type TaskDraft, takeBranch, withAnswer } from './task-draft.ts'

interface ScriptPathProps {
  script: TaskDetail['script']
  draft: TaskDraft
  change: (part: Partial<TaskDraft>) => void
  active: boolean
  known: TaskDetail['known']
}

/** The script as far as the call has come: what to say, what to ask, and where the answer leads. */
export function ScriptPath({ script, draft, change, active, known }: ScriptPathProps) {
  const { t, term, instant } = useText()
  const blocks = reached(script.blocks, draft.path)
  const last = blocks.at(-1)
  const keys: Hotkeys = {}
  if (active && last)
    for (const [index, branch] of last.next.slice(0, 9).entries())
      keys[String(index + 1)] = () => change(takeBranch(draft, last, blocks.length - 1, branch))
  useHotkeys(keys)
  return (
    <Panel title={t('task.script')} note={term('language', script.language)}>
      {blocks.length === 0 ? <Blank title={t('task.no-script')} /> : null}
      <ol className="script">
        {blocks.map((block, depth) => {
          const current = block === last
          const asked = askedFields(block)
          return (
            <li key={block.id} className={current ? 'script-block current' : 'script-block'}>
              <div className="small muted">{block.title}</div>
              <p className="say verse">{block.say}</p>
              {asked.length > 0 ? (
                <div className="fields">
                  {asked.map(field => {
                    const its = known[field.golden ?? field.id]
                    return (
                      <div key={field.id}>
                        <ScriptFieldInput
                          field={field}
                          value={draft.answers[field.id] ?? its?.value ?? ''}
                          disabled={!active}
                          onChange={value => change(withAnswer(draft, field, value))}
                        />
                        {its && draft.answers[field.id] === undefined ? (
                          <div className="small muted">
                            {t('desk.known', {
                              source: term('source', its.source),
                              at: its.at ? instant(its.at) : '–',
                            })}
                          </div>
                        ) : null}
                      </div>
                    )
                  })}
                </div>
              ) : null}
              {block.next.length > 0 ? (
                <div className="row">
                  {block.next.map((branch, index) => (
                    <Button
                      key={`${branch.answer} ${branch.to}`}
                      type={isTaken(draft, block, depth, branch) ? 'primary' : 'default'}
                      disabled={!active}
                      onClick={() => change(takeBranch(draft, block, depth, branch))}
                    >
                      {current ? <kbd className="in-button before">{index + 1}</kbd> : null}
                      {branch.answer}
                    </Button>
                  ))}
                </div>
              ) : null}
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
