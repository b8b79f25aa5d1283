import { Link } from 'react-router'
import type { TaskDetail } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout } from '../../../kit/index.ts'

/** What became of the task, and of its customer since it was made. */
export function Meanwhile({ task }: { task: TaskDetail }) {
  const { t, say, term } = useText()
  const { meanwhile } = task
  return (
    <>
      {task.state === 'done' ? (
        <Callout tone="good" title={t('task.done', { outcome: term('outcome', task.outcome ?? '') })}>
          {task.notes}
        </Callout>
      ) : null}
      {task.state === 'stopped' ? (
        <Callout tone="warn" title={t('desk.stopped')}>
          {task.stopped ? say(task.stopped) : null}
        </Callout>
      ) : null}
      {meanwhile?.kind === 'merged' ? (
        <Callout tone="warn" title={t('desk.merged')}>
          <Link to={`/customers/${meanwhile.customerId}`}>
            {t('desk.merged-into', { id: meanwhile.customerId ?? 0 })}
          </Link>
        </Callout>
      ) : null}
      {meanwhile?.kind === 'split' ? (
        <Callout tone="warn" title={t('desk.split')}>
          {t('desk.split-hint', { ids: meanwhile.others.join(', ') })}
        </Callout>
      ) : null}
      {meanwhile?.kind === 'erased' || meanwhile?.kind === 'gone' ? (
        <Callout tone="bad" title={t('desk.erased')}>
          {t('desk.erased-hint')}
        </Callout>
      ) : null}
      {task.draft && !task.draft.own ? <Callout>{t('desk.typed-by-other')}</Callout> : null}
    </>
  )
}
