import { useText } from '../../../i18n/use-text.ts'
import { Checkbox } from '../../../kit/index.ts'
import type { TaskDraft } from './task-draft.ts'
import type { Picture } from './types.ts'

interface ObjectionsProps {
  objections: NonNullable<Picture['offer']>['objections']
  draft: TaskDraft
  change: (part: Partial<TaskDraft>) => void
  active: boolean
}

/** What customers say against the offer, what to answer, and which of it was heard: the team sees what follows from it. */
export function Objections({ objections, draft, change, active }: ObjectionsProps) {
  const { t, say } = useText()
  const heard = draft.objections ?? []
  const mark = (id: string, said: boolean): void =>
    change({ objections: said ? [...heard, id] : heard.filter(one => one !== id) })
  if (objections.length === 0) return null
  return (
    <details className="objections">
      <summary>
        {t('desk.objections')}
        {heard.length > 0 ? (
          <span className="muted"> · {t('desk.objections-heard', { count: heard.length })}</span>
        ) : null}
      </summary>
      <dl>
        {objections.map(({ id, says, reply }) => (
          <div key={id}>
            <dt>
              <Checkbox
                checked={heard.includes(id)}
                disabled={!active}
                title={t('desk.objection-said')}
                onChange={event => mark(id, event.target.checked)}
              >
                “{say(says)}”
              </Checkbox>
            </dt>
            <dd className="verse">{say(reply)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
