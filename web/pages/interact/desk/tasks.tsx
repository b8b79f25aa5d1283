import { PlayCircleOutlined, UserOutlined } from '@ant-design/icons'
import { useNavigate } from 'react-router'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, TabbedPage, useHotkeys, useProblem } from '../../../kit/index.ts'
import { EndedCalls } from '../take-back/ended-calls.tsx'
import { TakeBackLast } from '../take-back/take-back-last.tsx'
import { CallLimits } from './call-limits.tsx'
import { CallLists } from './call-lists.tsx'
import { InHand } from './in-hand.tsx'
import { MyDesk } from './my-desk.tsx'
import { TaskList } from './task-list.tsx'
import type { CallView } from './types.ts'
import { noteCall } from './use-calls.ts'
import { useDeskChange } from './use-change.ts'
import { useNextTask } from './use-next-task.ts'

/** The agent's calls, most promising first, and the lists they come from. */
export default function TasksPage() {
  const { t } = useText()
  const navigate = useNavigate()
  const problem = useProblem()
  const may = useMay()
  const next = useNextTask()
  const begin = (): void => {
    if (!next.isPending) next.mutate()
  }
  const walkIn = useDeskChange<CallView>(call => {
    noteCall(call)
    void navigate(`/tasks/${call.taskId}`)
  })
  useHotkeys({ n: begin })
  return (
    <TabbedPage
      title={t('tasks.title')}
      lead={t('tasks.lead')}
      actions={
        <>
          <Button
            icon={<UserOutlined />}
            loading={walkIn.isPending}
            onClick={() => walkIn.mutate({ method: 'POST', path: '/desk/walk-in', body: {} })}
          >
            {t('calls.walk-in')}
          </Button>
          <Button type="primary" icon={<PlayCircleOutlined />} loading={next.isPending} onClick={begin}>
            {t('tasks.next')} <kbd className="in-button">N</kbd>
          </Button>
        </>
      }
      tabs={[
        {
          key: 'calls',
          label: t('tasks.tab-calls'),
          children: (
            <div className="stack">
              <InHand />
              <TakeBackLast />
              {next.error ? <Callout tone="bad">{problem(next.error)}</Callout> : null}
              {walkIn.error ? <Callout tone="bad">{problem(walkIn.error)}</Callout> : null}
              {next.data === null ? <Callout title={t('tasks.no-more')}>{t('tasks.no-more-hint')}</Callout> : null}
              <TaskList />
            </div>
          ),
        },
        {
          key: 'lists',
          label: t('tasks.tab-lists'),
          children: (
            <div className="stack tight">
              <p className="soft">{t('lists.note')}</p>
              <CallLists manage={may('tasks.manage')} />
              {may('tasks.manage') ? <CallLimits /> : null}
            </div>
          ),
        },
        {
          key: 'ended',
          label: t('tb.ended'),
          children: <EndedCalls root="/desk" note={t('tb.ended-note')} />,
        },
        { key: 'mine', label: t('tasks.tab-mine'), children: <MyDesk /> },
      ]}
    />
  )
}
