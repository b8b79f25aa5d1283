import { useRef, useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  KeyList,
  ListFilter,
  modKey,
  Page,
  Pager,
  Panel,
  useHotkeys,
  useListFilter,
  useNarrow,
  useUrlState,
} from '../../../kit/index.ts'
import { LearningDrawer } from './learning-drawer.tsx'
import { SettingsDrawer } from './settings-drawer.tsx'
import { Thread } from './thread.tsx'
import { ThreadItem } from './thread-item.tsx'
import { CLASSES, type ThreadList } from './types.ts'

const LIMIT = 30
const STATES = ['open', 'snoozed', 'closed', 'all'] as const
const CHANNELS = ['email', 'sms', 'portal'] as const
const WHOSE = ['me', 'none', 'unassigned', 'doubtful'] as const
const COUNTED = { me: 'mine', none: 'nobody', unassigned: 'unassigned', doubtful: 'doubtful' } as const

/** What customers wrote: the list beside the thread, on a phone one after the other. */
export default function InboxPage() {
  const { t, number } = useText()
  const narrow = useNarrow()
  const filter = useListFilter({ state: 'open', whose: '', class: '', channel: '', q: '' }, LIMIT)
  const [chosen, setChosen] = useUrlState('thread')
  const [drawer, setDrawer] = useState<'learning' | 'settings' | null>(null)
  const { whose, ...query } = filter.query
  const list = useGet<ThreadList>('/inbox/threads', {
    query: {
      ...query,
      owner: whose === 'me' || whose === 'none' ? whose : '',
      unassigned: whose === 'unassigned' ? 'true' : '',
      doubtful: whose === 'doubtful' ? 'true' : '',
    },
    keep: true,
    every: () => 15_000,
  })
  const rows = list.data?.rows ?? []
  const at = rows.findIndex(row => String(row.threadId) === chosen)
  // A thread that left the list (closed, taken by its new class) leaves its place to the next.
  const place = useRef(0)
  if (at >= 0) place.current = at
  const open = (index: number): void => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, index))]
    if (next) setChosen(String(next.threadId))
  }
  const step = (by: 1 | -1) => (): void => {
    if (chosen === '') open(0)
    else if (at >= 0) open(at + by)
    else open(by > 0 ? place.current : place.current - 1)
  }
  useHotkeys({ j: step(1), k: step(-1) })
  const done = (): void => {
    const next = rows[at + 1] ?? rows[at - 1]
    setChosen(next && !narrow ? String(next.threadId) : '')
  }
  const counts = filter.values.state === 'open' ? list.data?.counts : undefined
  const hasThread = chosen !== ''
  return (
    <Page
      title={t('ib.title')}
      lead={narrow && hasThread ? null : t('ib.lead')}
      actions={
        narrow && hasThread ? null : (
          <>
            <Button onClick={() => setDrawer('settings')}>{t('ib.settings')}</Button>
            <Button onClick={() => setDrawer('learning')}>{t('ib.learning')}</Button>
          </>
        )
      }
    >
      {narrow && hasThread ? null : (
        <ListFilter
          state={{
            label: t('ib.state'),
            value: filter.values.state,
            onChange: value => filter.set('state', value),
            options: STATES.map(value => ({
              value,
              label:
                value === 'open' && counts ? `${t('ib.state.open')} ${number(counts.open)}` : t(`ib.state.${value}`),
            })),
          }}
          choices={[
            {
              label: t('ib.whose'),
              value: whose,
              onChange: value => filter.set('whose', value),
              options: WHOSE.map(value => ({
                value,
                label: counts ? `${t(`ib.whose.${value}`)} ${number(counts[COUNTED[value]])}` : t(`ib.whose.${value}`),
              })),
            },
            {
              label: t('ib.class'),
              value: filter.values.class,
              onChange: value => filter.set('class', value),
              options: CLASSES.map(value => ({ value, label: t(`ib.class.${value}`) })),
            },
            {
              label: t('ib.channel'),
              value: filter.values.channel,
              onChange: value => filter.set('channel', value),
              options: CHANNELS.map(value => ({ value, label: t(`ib.channel.${value}`) })),
            },
          ]}
          search={{ label: t('ib.search'), value: filter.values.q, onChange: value => filter.set('q', value) }}
        />
      )}
      <div className={narrow ? 'stack' : 'inbox-split'}>
        {narrow && hasThread ? null : (
          <Panel flush className="inbox-pane">
            <Async query={list} lines={8}>
              {({ total }) =>
                rows.length === 0 ? (
                  <Blank title={t('ib.none')}>{t('ib.none-hint')}</Blank>
                ) : (
                  <>
                    <ul className="inbox-list" aria-label={t('ib.title')}>
                      {rows.map(row => (
                        <ThreadItem
                          key={row.threadId}
                          row={row}
                          chosen={String(row.threadId) === chosen}
                          onOpen={() => setChosen(String(row.threadId))}
                        />
                      ))}
                    </ul>
                    <Pager offset={filter.offset} limit={LIMIT} total={total} onMove={filter.move} />
                  </>
                )
              }
            </Async>
          </Panel>
        )}
        {hasThread ? (
          <div className="stack inbox-pane">
            {narrow ? (
              <Button style={{ justifySelf: 'start' }} onClick={() => setChosen('')}>
                {t('ib.back')}
              </Button>
            ) : null}
            <Thread key={chosen} threadId={Number(chosen)} onDone={done} />
          </div>
        ) : narrow ? null : (
          <Panel>
            <Blank title={t('ib.choose')} />
          </Panel>
        )}
      </div>
      <KeyList
        keys={[
          ['J K', t('ib.key.move')],
          ['A', t('ib.key.take')],
          ['R', t('ib.key.answer')],
          [`${modKey} ↵`, t('ib.key.send')],
          ['C', t('ib.key.close')],
          ['S', t('ib.key.snooze')],
          ['1–8', t('ib.key.class')],
          ['Esc', t('keys.leave-field')],
        ]}
      />
      {drawer === 'learning' ? <LearningDrawer onClose={() => setDrawer(null)} /> : null}
      {drawer === 'settings' ? <SettingsDrawer onClose={() => setDrawer(null)} /> : null}
    </Page>
  )
}
