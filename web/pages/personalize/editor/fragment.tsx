import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import type { FragmentSource } from '../../../../src/personalize/templates/source.ts'
import { get, send } from '../../../api/client.ts'
import type { FieldList, FragmentList, VersionDetail } from '../../../api/content.ts'
import { useGet } from '../../../api/queries.ts'
import type { CriteriaList } from '../../../api/segments.ts'
import { useMay } from '../../../api/session.ts'
import type { TemplateList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Panel, TextField } from '../../../kit/index.ts'
import { ContentPage } from './content-page.tsx'
import { DesignEditor } from './design-editor.tsx'
import type { Design, TemplateDraftSource } from './model.ts'
import { ObjectionSettings } from './objection-settings.tsx'
import { OpenContent, type Opened } from './open-content.tsx'
import { useSource } from './use-source.ts'

/** One fragment: its open draft, or the version that holds. */
export default function FragmentPage() {
  const { id = '' } = useParams()
  return (
    <OpenContent kind="fragment" id={id}>
      {opened => <FragmentTabs opened={opened} />}
    </OpenContent>
  )
}

function FragmentTabs({ opened }: { opened: Opened }) {
  const { id, draft } = opened
  const { t, say } = useText()
  const may = useMay()
  const locked = draft === null || draft.state !== 'draft' || !may('content.write')
  const work = useSource({
    draft: draft?.id ?? 0,
    revision: draft?.revision ?? 0,
    source: opened.source as FragmentSource,
    note: draft?.note ?? '',
    locked,
  })
  const { source } = work
  const fields = useUsualFields()
  const criteria = useGet<CriteriaList>('/templates/criteria')
  const fragments = useGet<FragmentList>('/fragments')
  const design: Design = { format: 1, title: {}, page: PAGE, ...source.content }
  const text = (label: string, value: string, put: (value: string) => FragmentSource) => (
    <TextField label={label} disabled={locked} value={value} onChange={value => work.change(put(value), label)} />
  )
  return (
    <ContentPage
      kind="fragment"
      opened={opened}
      work={work}
      locked={locked}
      title={say(source.title)}
      expert={null}
      write={
        <>
          <Panel title={t('settings.about')}>
            <div className="policy-fields">
              {text(t('settings.title-zh'), source.title.zh, zh => ({ ...source, title: { ...source.title, zh } }))}
              {text(t('settings.title-en'), source.title.en, en => ({ ...source, title: { ...source.title, en } }))}
              {text(t('content.owner'), source.owner, owner => ({ ...source, owner }))}
            </div>
            <ObjectionSettings source={source} locked={locked} change={work.change} />
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
            change={({ blocks, languages }, about) => work.change({ ...source, content: { languages, blocks } }, about)}
            undo={work.canUndo ? work.undo : undefined}
            redo={work.canRedo ? work.redo : undefined}
          />
        </>
      }
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
