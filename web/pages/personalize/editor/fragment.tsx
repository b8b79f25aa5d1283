import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { FragmentSource } from '../../../../src/personalize/templates/source.ts'
import { get, send } from '../../../api/client.ts'
import type { DraftDetail, FieldList, FragmentList, VersionDetail, Versions } from '../../../api/content.ts'
import { useGet } from '../../../api/queries.ts'
import type { CriteriaList } from '../../../api/segments.ts'
import { useMay } from '../../../api/session.ts'
import type { TemplateList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Callout, Chip, Field, Input, Panel, TabbedPage, useUrlState } from '../../../kit/index.ts'
import { Colleague } from './colleague.tsx'
import { DesignEditor } from './design-editor.tsx'
import type { Design, TemplateDraftSource } from './model.ts'
import { SaveMark } from './save-mark.tsx'
import { useSource } from './use-source.ts'
import { VersionsTab } from './versions/versions-tab.tsx'
import { Workflow } from './versions/workflow.tsx'

/** One fragment: its open draft, or the version that holds. */
export default function FragmentPage() {
  const { id = '' } = useParams()
  const versions = useGet<Versions>(`/fragments/${encodeURIComponent(id)}/versions`)
  return (
    <Async query={versions} lines={10}>
      {data => <Chosen id={id} versions={data} />}
    </Async>
  )
}

function Chosen({ id, versions }: { id: string; versions: Versions }) {
  const [asked] = useUrlState('draft')
  const [round, setRound] = useState(0)
  const open = versions.drafts.filter(({ deleted, state }) => !deleted && (state === 'draft' || state === 'asked'))
  const draft = open.find(one => String(one.id) === asked) ?? open[0]
  const live = versions.versions.find(({ state }) => state === 'live') ?? versions.versions[0]
  const path = draft
    ? `/content/drafts/${draft.id}`
    : `/fragments/${encodeURIComponent(id)}/versions/${live?.version ?? 0}`
  // Loaded anew each time it is opened: an old copy of a draft would only be refused.
  const loaded = useQuery({
    queryKey: ['fragment-opened', path, round],
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => get<DraftDetail | VersionDetail>(path),
  })
  return (
    <Async query={loaded} lines={12}>
      {data => (
        <FragmentTabs
          key={`${path} ${round}`}
          id={id}
          versions={versions}
          draft={'base' in data ? data : null}
          source={data.source as FragmentSource}
          onReload={() => setRound(before => before + 1)}
        />
      )}
    </Async>
  )
}

interface FragmentTabsProps {
  id: string
  versions: Versions
  draft: DraftDetail | null
  source: FragmentSource
  onReload: () => void
}

function FragmentTabs({ id, versions, draft, source: given, onReload }: FragmentTabsProps) {
  const { t, say } = useText()
  const may = useMay()
  const locked = draft === null || draft.state !== 'draft' || !may('content.write')
  const work = useSource({
    draft: draft?.id ?? 0,
    revision: draft?.revision ?? 0,
    source: given,
    note: draft?.note ?? '',
    locked,
  })
  const { source } = work
  const fields = useUsualFields()
  const criteria = useGet<CriteriaList>('/templates/criteria')
  const fragments = useGet<FragmentList>('/fragments')
  const design: Design = { format: 1, title: {}, page: PAGE, ...source.content }
  const newest = versions.versions.find(({ state }) => state === 'live') ?? versions.versions[0]
  const text = (label: string, value: string, put: (value: string) => FragmentSource) => (
    <Field label={label}>
      {field => (
        <Input
          id={field}
          disabled={locked}
          value={value}
          onChange={event => work.change(put(event.target.value), label)}
        />
      )}
    </Field>
  )
  return (
    <TabbedPage
      title={say(source.title)}
      lead={
        <span className="row wrap">
          <code>{id}</code>
          {draft ? (
            <Chip tone={draft.state === 'asked' ? 'accent' : 'warn'}>
              {t(draft.state === 'asked' ? 'content.asked' : 'content.draft')}
            </Chip>
          ) : (
            <Chip tone="good">{t('content.version', { version: newest?.version ?? 0 })}</Chip>
          )}
          {draft && !locked ? <SaveMark state={work.state} /> : null}
          <Link to="/fragments">{t('fragments.all')}</Link>
        </span>
      }
      actions={
        <Workflow
          kind="fragment"
          id={id}
          draft={draft}
          versions={versions}
          save={work.saveNow}
          saved={work.state === 'saved'}
          expert={null}
          onDone={onReload}
        />
      }
      tabs={[
        {
          key: 'write',
          label: t('content.tab-write'),
          children: (
            <div className="stack">
              {draft && !locked ? (
                <Colleague
                  draft={draft.id}
                  revision={work.revision}
                  state={work.state}
                  opened={draft}
                  onReload={onReload}
                  onOverwrite={work.overwrite}
                />
              ) : null}
              {draft === null ? <Callout title={t('content.looking')}>{t('content.looking-hint')}</Callout> : null}
              <Panel title={t('settings.about')}>
                <div className="policy-fields">
                  {text(t('settings.title-zh'), source.title.zh, zh => ({ ...source, title: { ...source.title, zh } }))}
                  {text(t('settings.title-en'), source.title.en, en => ({ ...source, title: { ...source.title, en } }))}
                  {text(t('content.owner'), source.owner, owner => ({ ...source, owner }))}
                </div>
              </Panel>
              <DesignEditor
                bare
                design={design}
                channel="print"
                fields={fields}
                criteria={criteria.data?.rows ?? []}
                fragments={(fragments.data?.rows ?? []).filter(one => one.id !== id)}
                problems={[]}
                locked={locked}
                change={({ blocks, languages }, about) =>
                  work.change({ ...source, content: { languages, blocks } }, about)
                }
                undo={work.canUndo ? work.undo : undefined}
                redo={work.canRedo ? work.redo : undefined}
              />
            </div>
          ),
        },
        {
          key: 'versions',
          label: t('content.tab-versions'),
          children: <VersionsTab kind="fragment" id={id} versions={versions} draft={draft} />,
        },
      ]}
    />
  )
}

const PAGE: Design['page'] = { head: true, size: 10.5, justify: false }

/** A fragment may stand in any template: it is offered what letters know. */
function useUsualFields(): FieldList['rows'] {
  const live = useGet<TemplateList>('/templates')
  const like = live.data?.rows.find(({ id }) => id === 'email') ?? live.data?.rows[0]
  const fields = useQuery({
    queryKey: ['fragment-fields', like?.id, like?.version],
    enabled: like !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const { source } = await get<VersionDetail>(`/templates/${like?.id}/versions/${like?.version}`)
      const { manifest, schema, brand, examples } = source as TemplateDraftSource
      return send<FieldList>('POST', '/templates/fields', { source: { manifest, schema, brand, examples } })
    },
  })
  return fields.data?.rows ?? NO_FIELDS
}

const NO_FIELDS: FieldList['rows'] = []
