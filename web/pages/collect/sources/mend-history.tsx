import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { MendHistory } from '../../../api/types.ts'
import { isMessage } from '../../../i18n/i18n.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  type Column,
  DataTable,
  Modal,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { useMended } from './use-mended.ts'

type Mend = MendHistory['rows'][number]

/** What was mended and given up, by whom; each can be taken back as a whole. */
export function MendHistoryList() {
  const { t, term, number, instant } = useText()
  const may = useMay()
  const problem = useProblem()
  const toast = useToast()
  const mended = useMended()
  const [asking, setAsking] = useState<Mend | null>(null)
  const list = useGet<MendHistory>('/quarantine/mends')
  const undo = useMutation({
    mutationFn: (mend: Mend) => send<null>('POST', `/quarantine/mends/${mend.mendId}/undo`, {}),
    onSuccess: async () => {
      setAsking(null)
      toast.done(t('mend.undone'))
      await mended(null)
    },
  })
  const how = (mend: Mend): string => {
    const { rule, ...more } = mend.words
    const id = `mend-rule.${String(rule)}`
    const words = Object.entries(more).map(([, value]) => String(value))
    return [isMessage(id) ? t(id) : String(rule), ...words].join(' · ')
  }
  const columns: Column<Mend>[] = [
    { id: 'how', title: t('mend.rule'), cell: how },
    {
      id: 'sources',
      title: t('src.name'),
      cell: row => row.sources.map(source => term('source', source)).join(', '),
    },
    { id: 'rows', title: t('mend.count'), right: true, cell: row => number(row.rows), by: row => row.rows },
    {
      id: 'result',
      title: '',
      cell: row =>
        row.kind === 'discard' ? (
          t('mend-state.discarded')
        ) : (
          <span className="small">
            {t('mend.result', {
              stored: number(row.stored),
              duplicates: number(row.duplicates),
              refused: number(row.refused),
            })}
          </span>
        ),
    },
    {
      id: 'who',
      title: t('inbox.at'),
      cell: row => <span className="soft">{t('mend.by', { who: row.madeBy, at: instant(row.madeAt) })}</span>,
      by: row => row.madeAt,
    },
    {
      id: 'undo',
      title: '',
      right: true,
      cell: row =>
        row.state === 'undone' ? (
          <span className="muted small">{t('mend.undone-by', { who: row.undoneBy })}</span>
        ) : row.state === 'done' && may('collect.import') ? (
          <Button
            size="small"
            onClick={() => {
              undo.reset()
              setAsking(row)
            }}
          >
            {t('mend.undo')}
          </Button>
        ) : (
          <span className="muted small">{term('state', row.state)}</span>
        ),
    },
  ]
  return (
    <>
      <Async query={list} lines={6}>
        {({ rows }) => (
          <DataTable
            columns={columns}
            rows={rows}
            rowId={row => row.mendId}
            empty={<Blank title={t('mend.no-history')} />}
          />
        )}
      </Async>
      <Modal
        open={asking !== null}
        title={t('mend.undo')}
        okText={t('mend.undo')}
        cancelText={t('src.cancel')}
        okButtonProps={{ danger: true, loading: undo.isPending }}
        onOk={() => asking && undo.mutate(asking)}
        onCancel={() => setAsking(null)}
      >
        <div className="stack tight">
          <p>{t('mend.undo-ask', { rows: asking ? asking.rows - asking.refused : 0 })}</p>
          {undo.error ? <Callout tone="bad">{problem(undo.error)}</Callout> : null}
        </div>
      </Modal>
    </>
  )
}
