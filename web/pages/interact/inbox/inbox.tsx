import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Figures,
  Input,
  Page,
  Pager,
  Panel,
  Select,
  useHotkeys,
  useLater,
  useNarrow,
  useUrlState,
} from '../../../kit/index.ts'
import { LearningDrawer } from './learning-drawer.tsx'
import { Thread } from './thread.tsx'
import { ThreadItem } from './thread-item.tsx'
import { CLASSES, type ThreadList } from './types.ts'

const LIMIT = 30
const STATES = ['open', 'snoozed', 'closed', 'all'] as const
const CHANNELS = ['email', 'sms', 'portal'] as const
const WHOSE = ['me', 'none', 'unassigned', 'doubtful'] as const

/** What customers wrote: the list beside the thread, on a phone one after the other. */
export default function InboxPage() {
  const { t, number } = useText()
  const narrow = useNarrow()
  const [state, setState] = useUrlState('state', 'open')
  const [whose, setWhose] = useUrlState('whose')
  const [label, setLabel] = useUrlState('class')
  const [channel, setChannel] = useUrlState('channel')
  const [q, setQ] = useUrlState('q')
  const [page, setPage] = useUrlState('page', '0')
  const [chosen, setChosen] = useUrlState('thread')
  const [learning, setLearning] = useState(false)
  const asked = useLater(q, 300)
  const offset = Number(page) * LIMIT
  const list = useGet<ThreadList>('/inbox/threads', {
    query: {
      state,
      offset,
      limit: LIMIT,
      channel,
      class: label,
      q: asked,
      owner: whose === 'me' || whose === 'none' ? whose : '',
      unassigned: whose === 'unassigned' ? 'true' : '',
      doubtful: whose === 'doubtful' ? 'true' : '',
    },
    keep: true,
    every: () => 15_000,
  })
  const rows = list.data?.rows ?? []
  const step = (by: number) => () => {
    const at = rows.findIndex(row => String(row.threadId) === chosen)
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]
    if (next) setChosen(String(next.threadId))
  }
  useHotkeys({ j: step(1), k: step(-1) })
  const counts = list.data?.counts
  const hasThread = chosen !== ''
  return (
    <Page
      title={t('ib.title')}
      lead={t('ib.lead')}
      actions={<Button onClick={() => setLearning(true)}>{t('ib.learning')}</Button>}
    >
      <div className="stack">
        {counts && !(narrow && hasThread) ? (
          <Figures
            items={[
              { id: 'open', label: t('ib.state.open'), value: number(counts.open) },
              { id: 'mine', label: t('ib.whose.me'), value: number(counts.mine) },
              { id: 'none', label: t('ib.whose.none'), value: number(counts.nobody) },
              { id: 'unassigned', label: t('ib.whose.unassigned'), value: number(counts.unassigned) },
              {
                id: 'doubtful',
                label: t('ib.whose.doubtful'),
                value: number(counts.doubtful),
                tone: counts.doubtful > 0 ? 'warn' : undefined,
              },
            ]}
          />
        ) : null}
        <div className={narrow ? 'stack' : 'inbox-split'}>
          {narrow && hasThread ? null : (
            <Panel flush>
              <div className="toolbar inset">
                <Input.Search
                  allowClear
                  className="grow"
                  placeholder={t('ib.search')}
                  aria-label={t('ib.search')}
                  value={q}
                  onChange={event => setQ(event.target.value)}
                />
                <Select
                  aria-label={t('ib.state')}
                  value={state}
                  onChange={setState}
                  options={STATES.map(value => ({ value, label: t(`ib.state.${value}`) }))}
                />
                <Select
                  aria-label={t('ib.whose')}
                  allowClear
                  placeholder={t('ib.whose')}
                  value={whose || null}
                  onChange={value => setWhose(value ?? '')}
                  options={WHOSE.map(value => ({ value, label: t(`ib.whose.${value}`) }))}
                />
                <Select
                  aria-label={t('ib.class')}
                  allowClear
                  placeholder={t('ib.class')}
                  value={label || null}
                  onChange={value => setLabel(value ?? '')}
                  options={CLASSES.map(value => ({ value, label: t(`ib.class.${value}`) }))}
                />
                <Select
                  aria-label={t('ib.channel')}
                  allowClear
                  placeholder={t('ib.channel')}
                  value={channel || null}
                  onChange={value => setChannel(value ?? '')}
                  options={CHANNELS.map(value => ({ value, label: t(`ib.channel.${value}`) }))}
                />
              </div>
              <Async query={list} lines={8}>
                {({ total }) =>
                  rows.length === 0 ? (
                    <Blank title={t('ib.none')}>{t('ib.none-hint')}</Blank>
                  ) : (
                    <>
                      <ul className="inbox-list">
                        {rows.map(row => (
                          <ThreadItem
                            key={row.threadId}
                            row={row}
                            chosen={String(row.threadId) === chosen}
                            onOpen={() => setChosen(String(row.threadId))}
                          />
                        ))}
                      </ul>
                      <Pager offset={offset} limit={LIMIT} total={total} onMove={to => setPage(String(to / LIMIT))} />
                    </>
                  )
                }
              </Async>
            </Panel>
          )}
          {hasThread ? (
            <div className="stack">
              {narrow ? <Button onClick={() => setChosen('')}>{t('ib.back')}</Button> : null}
              <Thread key={chosen} threadId={Number(chosen)} />
            </div>
          ) : narrow ? null : (
            <Panel>
              <Blank title={t('ib.choose')}>{t('ib.keys')}</Blank>
            </Panel>
          )}
        </div>
      </div>
      {learning ? <LearningDrawer onClose={() => setLearning(false)} /> : null}
    </Page>
  )
}
