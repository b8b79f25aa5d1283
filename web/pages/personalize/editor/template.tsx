import { useState } from 'react'
import { useParams } from 'react-router'
import type { DraftDetail, VersionDetail, Versions } from '../../../api/content.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Page, useUrlState } from '../../../kit/index.ts'
import type { TemplateDraftSource } from './model.ts'
import { TemplateTabs } from './template-tabs.tsx'

/** One template: its open draft, or the version that holds. */
export default function TemplatePage() {
  const { id = '' } = useParams()
  const versions = useGet<Versions>(`/templates/${encodeURIComponent(id)}/versions`)
  const { t } = useText()
  return (
    <Async
      query={versions}
      lines={10}
      loading={
        <Page title={t('templates.title')}>
          <div />
        </Page>
      }
    >
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
  const again = () => setRound(before => before + 1)
  if (draft)
    return <OpenDraft key={`${draft.id} ${round}`} id={id} draft={draft.id} versions={versions} onReload={again} />
  return live ? <OpenVersion key={live.version} id={id} version={live.version} versions={versions} /> : null
}

/** Loaded anew each time it is opened: an old copy of a draft would only be refused. */
function OpenDraft({
  id,
  draft,
  versions,
  onReload,
}: {
  id: string
  draft: number
  versions: Versions
  onReload: () => void
}) {
  const loaded = useGet<DraftDetail>(`/content/drafts/${draft}`)
  const [first, setFirst] = useState<DraftDetail | null>(null)
  if (first === null && loaded.data && !loaded.isFetching) setFirst(loaded.data)
  return (
    <Async query={loaded} lines={12}>
      {() =>
        first ? (
          <TemplateTabs
            id={id}
            versions={versions}
            draft={first}
            source={first.source as TemplateDraftSource}
            onReload={() => {
              void loaded.refetch().then(onReload)
            }}
          />
        ) : null
      }
    </Async>
  )
}

function OpenVersion({ id, version, versions }: { id: string; version: number; versions: Versions }) {
  const loaded = useGet<VersionDetail>(`/templates/${encodeURIComponent(id)}/versions/${version}`)
  return (
    <Async query={loaded} lines={12}>
      {data => (
        <TemplateTabs
          id={id}
          versions={versions}
          draft={null}
          source={data.source as TemplateDraftSource}
          onReload={() => undefined}
        />
      )}
    </Async>
  )
}
