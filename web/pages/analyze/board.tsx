import { Link } from 'react-router'
import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import type { Board, SegmentList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Page, Panel, Tabs, useUrlState } from '../../kit/index.ts'
import { BoardFigure } from './board-figure.tsx'

/** Seven looks at the same customers. */
export default function BoardPage() {
  const { t, say, day } = useText()
  const may = useMay()
  const board = useGet<Board>('/board')
  const segments = useGet<SegmentList>('/segments', { enabled: may('segments.read') })
  const [page, setPage] = useUrlState('p', 'profiling')
  const nameOf = (id: string): string => {
    const found = segments.data?.rows.find(row => row.id === id)
    return found ? say(found.name) : id
  }
  return (
    <Page
      title={t('board.title')}
      lead={board.data ? t('board.lead', { day: day(board.data.asOf) }) : t('board.lead-plain')}
    >
      <Async query={board} lines={10}>
        {data =>
          data.pages.length === 0 ? (
            <Panel>
              <Blank title={t('board.none')} />
            </Panel>
          ) : (
            <div className="tabs-line">
              <Tabs
                activeKey={page}
                onChange={setPage}
                items={data.pages.map(entry => ({
                  key: entry.p,
                  label: say(entry.title),
                  children: (
                    <div className="stack">
                      <p>
                        <Link to={`/insight/${entry.p}`}>{t('board.open', { page: say(entry.title) })}</Link>
                      </p>
                      <div className="columns">
                        {entry.figures.map(figure => (
                          <BoardFigure key={figure.id} figure={figure} currency={data.currency} nameOf={nameOf} />
                        ))}
                        {entry.figures.length === 0 ? <Blank title={t('board.none')} /> : null}
                      </div>
                    </div>
                  ),
                }))}
              />
            </div>
          )
        }
      </Async>
    </Page>
  )
}
