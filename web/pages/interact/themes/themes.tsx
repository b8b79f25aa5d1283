import { DownloadOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { saveFile } from '../../../api/save-file.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Callout,
  Checkbox,
  Figures,
  Page,
  Panel,
  Segmented,
  Select,
  useProblem,
  useToast,
  useUrlState,
} from '../../../kit/index.ts'
import { Behind } from './behind.tsx'
import { ThemeTable } from './theme-table.tsx'
import type { Themes, WatchList } from './types.ts'

const VIEWS = [
  'changes',
  'kind',
  'category',
  'product',
  'product-category',
  'document',
  'template',
  'line',
  'channel',
  'offer',
  'campaign',
  'words',
] as const

/** What customers bring to us, over time, for those who answer for products and documents. */
export default function ThemesPage() {
  const { t } = useText()
  const [view, setView] = useUrlState('view', 'changes')
  const [by, setBy] = useUrlState('by', 'week')
  const [open, setOpen] = useUrlState('open')
  const asked = { view, by }
  const query = useGet<Themes>('/themes', { query: asked, keep: true })
  const idOf = (row: Themes['rows'][number]): string => (view === 'changes' ? `${row.dimension} ${row.key}` : row.key)
  const chosen = query.data?.rows.find(row => idOf(row) === open)
  return (
    <Page
      title={t('thm.title')}
      lead={t('thm.lead')}
      crumb={<Link to="/cases">{t('thm.to-cases')}</Link>}
      actions={<WatchAll />}
    >
      <div className="stack">
        <div className="toolbar">
          <Select
            aria-label={t('thm.view')}
            style={{ minWidth: 200 }}
            value={view}
            onChange={setView}
            options={VIEWS.map(value => ({ value, label: t(`thm.view.${value}`) }))}
          />
          <Segmented
            aria-label={t('thm.by')}
            value={by}
            onChange={setBy}
            options={(['week', 'month'] as const).map(value => ({ value, label: t(`thm.by.${value}`) }))}
          />
          <span className="grow" />
          {(['csv', 'xlsx'] as const).map(format => (
            <Button
              key={format}
              icon={<DownloadOutlined />}
              onClick={() => void saveFile('/themes/export', { ...asked, format })}
            >
              {format.toUpperCase()}
            </Button>
          ))}
        </div>
        <Async query={query} lines={10}>
          {themes => (
            <>
              <Summary themes={themes} />
              <Panel flush>
                <ThemeTable themes={themes} mixed={view === 'changes'} onOpen={row => setOpen(idOf(row))} />
              </Panel>
              <HowCounted themes={themes} />
              {chosen ? <Behind row={chosen} by={by} buckets={themes.buckets} onClose={() => setOpen('')} /> : null}
            </>
          )}
        </Async>
      </div>
    </Page>
  )
}

function Summary({ themes: { voices, documents, rows, tested, read } }: { themes: Themes }) {
  const { t, number } = useText()
  const before = (count: number) => t('thm.before-was', { count: number(count) })
  return (
    <Figures
      items={[
        { id: 'voices', label: t('thm.voices'), value: number(voices.now), note: before(voices.before) },
        { id: 'documents', label: t('thm.documents'), value: number(documents.now), note: before(documents.before) },
        {
          id: 'changed',
          label: t('thm.changed'),
          value: number(rows.filter(row => row.verdict !== 'same').length),
          note: t('thm.of-tested', { count: number(tested) }),
        },
        read && {
          id: 'read',
          label: t('thm.read'),
          value: number(read.texts),
          note: read.texts < read.of ? t('thm.read-of', { count: number(read.of) }) : '',
        },
      ]}
    />
  )
}

function HowCounted({ themes: { now, before, basis } }: { themes: Themes }) {
  const { t, day } = useText()
  const span = ({ from, to }: Themes['now']): string => `${day(from)} – ${day(to)}`
  return (
    <div className="note stack tight">
      <p>{t('thm.windows', { now: span(now), before: span(before) })}</p>
      <p>{t(`thm.basis.${basis}`)}</p>
      <p>{t('thm.method')}</p>
    </div>
  )
}

function WatchAll() {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const query = useGet<WatchList>('/themes/watches')
  const all = query.data?.rows.some(row => row.dimension === 'any') ?? false
  const change = useChangeOf<unknown>(['/themes'], (_, { body }) =>
    toast.done(t((body as { watch: boolean }).watch ? 'thm.watching' : 'thm.unwatched')),
  )
  return (
    <>
      <Checkbox
        checked={all}
        disabled={!query.data || change.isPending}
        title={t('thm.watch-hint')}
        onChange={event =>
          change.mutate({
            method: 'PUT',
            path: '/themes/watches',
            body: { dimension: 'any', key: '', watch: event.target.checked },
          })
        }
      >
        {t('thm.watch-any')}
      </Checkbox>
      {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
    </>
  )
}
