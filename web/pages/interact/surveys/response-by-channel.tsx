import { useText } from '../../../i18n/use-text.ts'
import { type Column, DataTable, Panel } from '../../../kit/index.ts'
import type { SurveyDetail } from './types.ts'

type Response = SurveyDetail['response']
type Row = Response['channels'][number]

/** Who answered of those who were asked: channel by channel, because one rate over all moves with their mixture. */
export function ResponseByChannel({ response }: { response: Response }) {
  const { t, term, number, interval } = useResponseText()
  const columns: Column<Row>[] = [
    {
      id: 'channel',
      title: t('sv.asked-by'),
      cell: row => (
        <>
          {term('channel', row.channel)} {row.here ? <span className="small muted">{t('sv.here')}</span> : null}
        </>
      ),
    },
    { id: 'asked', title: t('sv.asked'), right: true, by: row => row.asked, cell: row => number(row.asked) },
    {
      id: 'answered',
      title: t('sv.answered'),
      right: true,
      by: row => row.answered,
      cell: row => number(row.answered),
    },
    { id: 'rate', title: t('sv.rate'), right: true, by: row => row.rate.share ?? -1, cell: row => interval(row.rate) },
    {
      id: 'not',
      title: t('sv.not-sent'),
      right: true,
      cell: row => (row.here ? '–' : number(row.held + row.failed)),
    },
  ]
  const here = response.channels.some(row => row.here)
  return (
    <Panel title={t('sv.response')} note={[t('sv.response-note'), here ? t('sv.here-note') : ''].join(' ')} flush>
      <DataTable caption={t('sv.response')} rows={response.channels} columns={columns} rowId={row => row.channel} />
    </Panel>
  )
}

function useResponseText() {
  const { t, term, number, percent } = useText()
  return {
    t,
    term,
    number,
    interval: ({ share, low, high }: Row['rate']): string =>
      share === null ? '–' : t('sv.interval', { value: percent(share), low: percent(low), high: percent(high) }),
  }
}
