import { SettingOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Input,
  InputNumber,
  Pager,
  Panel,
  useProblem,
  useToast,
  useUrlState,
} from '../../../kit/index.ts'
import { CriteriaForm } from './criteria-form.tsx'
import { Means } from './means.tsx'
import { SampleTable } from './sample-table.tsx'
import { ScoreSample } from './score-sample.tsx'
import type { SampleList } from './types.ts'

const LIMIT = 50

/** Calls drawn at random, heard and scored. */
export function ListeningTab() {
  const { t, number } = useText()
  const may = useMay()
  const problem = useProblem()
  const toast = useToast()
  const [page, setPage] = useUrlState('page', '0')
  const [open, setOpen] = useUrlState('sample')
  const [day, setDay] = useState(new Date().toISOString().slice(0, 10))
  const [each, setEach] = useState(2)
  const [criteria, setCriteria] = useState(false)
  const offset = Number(page) * LIMIT
  const list = useGet<SampleList>('/team/samples', { query: { offset, limit: LIMIT }, keep: true })
  const draw = useChangeOf<{ drawn: number }>(['/team/samples'], ({ drawn }) =>
    toast.done(t('tl.drawn', { count: number(drawn) })),
  )
  const write = may('team.write')
  return (
    <div className="stack">
      {write ? (
        <div className="toolbar">
          <Input
            type="date"
            aria-label={t('tl.week-of')}
            style={{ width: 150 }}
            value={day}
            onChange={event => setDay(event.target.value)}
          />
          <InputNumber aria-label={t('tl.draw-each')} min={1} max={20} value={each} onChange={n => setEach(n ?? 1)} />
          <Button
            type="primary"
            loading={draw.isPending}
            onClick={() => draw.mutate({ method: 'POST', path: '/team/samples/draw', body: { day, each } })}
          >
            {t('tl.draw')}
          </Button>
          <Button icon={<SettingOutlined />} onClick={() => setCriteria(true)}>
            {t('tl.criteria')}
          </Button>
        </div>
      ) : null}
      {draw.error ? <Callout tone="bad">{problem(draw.error)}</Callout> : null}
      <Async query={list} lines={8}>
        {({ rows, total, means, criteria: asked }) => (
          <>
            <Means rows={means} />
            <Panel title={t('tl.samples')} note={t('tl.samples-note')} flush>
              <SampleTable
                rows={rows}
                criteria={asked}
                {...(write ? { onOpen: (id: number) => setOpen(String(id)) } : {})}
                empty={<Blank title={t('tl.no-samples')}>{t('tl.no-samples-hint')}</Blank>}
              />
              <Pager offset={offset} limit={LIMIT} total={total} onMove={to => setPage(String(to / LIMIT))} />
            </Panel>
            {criteria ? <CriteriaForm criteria={asked} onClose={() => setCriteria(false)} /> : null}
          </>
        )}
      </Async>
      {open && write ? <ScoreSample key={open} sampleId={Number(open)} onClose={() => setOpen('')} /> : null}
    </div>
  )
}
