import { FileAddOutlined, FileWordOutlined } from '@ant-design/icons'
import { useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import type { DraftList, DraftSummary, KindList } from '../../../api/content.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { TemplateList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, DataTable, Input, Page, Panel, Select, useUrlState } from '../../../kit/index.ts'
import { ImportLetter } from './import-letter.tsx'
import { NewTemplate } from './new-template.tsx'

interface Row {
  id: string
  title: { en: string; zh: string }
  kind: string
  class: string
  channel: string
  languages: readonly string[]
  version: number | null
  liveSince: string | null
  draft: DraftSummary | null
}

/** All templates: those that are live and those that are only being written. */
export default function TemplatesPage() {
  const { t } = useText()
  const may = useMay()
  const live = useGet<TemplateList>('/templates')
  const drafts = useGet<DraftList>('/content/drafts')
  const [making, setMaking] = useState<'new' | 'import' | null>(null)
  return (
    <Page
      title={t('templates.title')}
      lead={t('content.templates-lead')}
      actions={
        may('content.write') ? (
          <>
            <Button icon={<FileWordOutlined />} onClick={() => setMaking('import')}>
              {t('import.open')}
            </Button>
            <Button type="primary" icon={<FileAddOutlined />} onClick={() => setMaking('new')}>
              {t('content.new-template')}
            </Button>
          </>
        ) : null
      }
    >
      <Async query={live} lines={8}>
        {({ rows }) => <List live={rows} drafts={drafts.data?.rows ?? []} />}
      </Async>
      {making === 'new' ? (
        <NewTemplate live={live.data?.rows ?? []} design={null} onClose={() => setMaking(null)} />
      ) : null}
      {making === 'import' ? <ImportLetter live={live.data?.rows ?? []} onClose={() => setMaking(null)} /> : null}
    </Page>
  )
}

function rowsOf(live: TemplateList['rows'], drafts: readonly DraftSummary[]): Row[] {
  const open = drafts.filter(
    ({ kind, deleted, state }) => kind === 'template' && !deleted && (state === 'draft' || state === 'asked'),
  )
  const draftOf = (id: string) => open.find(({ object }) => object === id) ?? null
  const known = live.map(
    ({ id, name, kind, class: of, channel, languages, version, liveSince }): Row => ({
      id,
      title: name,
      kind,
      class: of,
      channel,
      languages,
      version,
      liveSince,
      draft: draftOf(id),
    }),
  )
  const fresh = open.filter(({ object }) => !live.some(({ id }) => id === object))
  return [
    ...known,
    ...fresh.map(
      (draft): Row => ({
        id: draft.object,
        title: draft.title,
        kind: '',
        class: '',
        channel: '',
        languages: [],
        version: null,
        liveSince: null,
        draft,
      }),
    ),
  ]
}

function List({ live, drafts }: { live: TemplateList['rows']; drafts: readonly DraftSummary[] }) {
  const { t, say, term, day } = useText()
  const navigate = useNavigate()
  const [words, setWords] = useUrlState('q')
  const [channel, setChannel] = useUrlState('channel')
  const [state, setState] = useUrlState('state')
  const [language, setLanguage] = useUrlState('language')
  const kinds = useGet<KindList>('/kinds')
  const kindName = (code: string): string => {
    const kind = kinds.data?.rows.find(one => one.code === code)
    return kind ? say(kind.name) : code || '—'
  }
  const rows = useMemo(() => rowsOf(live, drafts), [live, drafts])
  const shown = rows.filter(
    row =>
      `${row.id} ${row.title.en} ${row.title.zh} ${row.draft?.madeBy ?? ''}`
        .toLowerCase()
        .includes(words.trim().toLowerCase()) &&
      (channel === '' || row.channel === channel) &&
      (language === '' || row.languages.includes(language)) &&
      (state === '' || stateOf(row) === state),
  )
  const all = (key: 'channel' | 'language') =>
    [...new Set(rows.flatMap(row => (key === 'channel' ? [row.channel] : row.languages)))].filter(Boolean)
  const select = (
    label: string,
    value: string,
    options: { value: string; label: string }[],
    onChange: (value: string) => void,
  ) => (
    <Select
      aria-label={label}
      value={value}
      popupMatchSelectWidth={180}
      options={[{ value: '', label }, ...options]}
      onChange={onChange}
    />
  )
  return (
    <Panel flush>
      <div className="row wrap list-filters">
        <Input
          allowClear
          value={words}
          placeholder={t('content.search')}
          aria-label={t('content.search')}
          onChange={event => setWords(event.target.value)}
          style={{ maxWidth: 260 }}
        />
        {select(
          t('content.all-channels'),
          channel,
          all('channel').map(value => ({ value, label: term('channel', value) })),
          setChannel,
        )}
        {select(
          t('content.all-languages'),
          language,
          all('language').map(value => ({ value, label: term('language', value) })),
          setLanguage,
        )}
        {select(
          t('content.all-states'),
          state,
          (['live', 'draft', 'asked'] as const).map(value => ({ value, label: t(`content.list-${value}`) })),
          setState,
        )}
      </div>
      <DataTable
        rows={shown}
        rowId={({ id }) => id}
        onOpen={({ id }) => void navigate(`/templates/${id}`)}
        caption={t('templates.title')}
        empty={
          <Blank title={t('templates.none')}>{rows.length > 0 ? t('content.none-match') : t('content.none-yet')}</Blank>
        }
        columns={[
          {
            id: 'name',
            title: t('content.name'),
            by: row => say(row.title),
            cell: row => (
              <span>
                <span className="strong">{say(row.title)}</span> <code className="small muted">{row.id}</code>
              </span>
            ),
          },
          {
            id: 'kind',
            title: t('comm.kind'),
            cell: row => kindName(row.kind),
            by: row => row.kind,
          },
          {
            id: 'channel',
            title: t('content.channel'),
            cell: row => (row.channel ? term('channel', row.channel) : '—'),
            by: row => row.channel,
          },
          {
            id: 'languages',
            title: t('settings.languages'),
            cell: row => row.languages.map(one => term('language', one)).join(' · '),
          },
          {
            id: 'live',
            title: t('content.live-version'),
            by: row => row.version ?? 0,
            cell: row =>
              row.version === null ? (
                '—'
              ) : (
                <Chip tone="good" title={row.liveSince ? t('templates.live', { day: day(row.liveSince) }) : ''}>
                  {t('content.version', { version: row.version })}
                </Chip>
              ),
          },
          {
            id: 'draft',
            title: t('content.open-draft'),
            by: row => stateOf(row),
            cell: row =>
              row.draft ? (
                <span className="row">
                  <Chip tone={row.draft.state === 'asked' ? 'accent' : 'warn'}>
                    {t(row.draft.state === 'asked' ? 'content.asked' : 'content.draft')}
                  </Chip>
                  {row.draft.comments > 0 ? (
                    <Chip>{t('content.comment-count', { count: row.draft.comments })}</Chip>
                  ) : null}
                </span>
              ) : (
                '—'
              ),
          },
          {
            id: 'owner',
            title: t('content.owner'),
            cell: row => row.draft?.madeBy || '—',
            by: row => row.draft?.madeBy ?? '',
          },
        ]}
      />
    </Panel>
  )
}

const stateOf = (row: Row): string => (row.draft ? row.draft.state : 'live')
