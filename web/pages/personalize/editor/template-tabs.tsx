import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { send } from '../../../api/client.ts'
import type { Field, FieldList, FragmentList, PlacedProblem } from '../../../api/content.ts'
import { useGet } from '../../../api/queries.ts'
import type { CriteriaList } from '../../../api/segments.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Chip, useNarrow, useUrlState } from '../../../kit/index.ts'
import { ProofTab } from '../proofs/proof-tab.tsx'
import { ContentPage } from './content-page.tsx'
import { DesignEditor } from './design-editor.tsx'
import { ExpertEditor } from './expert-editor.tsx'
import type { Language, TemplateDraftSource } from './model.ts'
import { heldVersion, type Opened } from './open-content.tsx'
import { PreviewPane } from './preview/preview-pane.tsx'
import { usePreview } from './preview/use-preview.ts'
import type { Whose } from './preview/whose.tsx'
import { Settings } from './settings.tsx'
import { useSource } from './use-source.ts'

/** Writing, seeing, versions, proofs and settings of one template. */
export function TemplateTabs({ opened }: { opened: Opened }) {
  const { id, versions, draft } = opened
  const { t, say, term } = useText()
  const may = useMay()
  const narrow = useNarrow()
  const locked = draft === null || draft.state !== 'draft' || !may('content.write')
  const work = useSource({
    draft: draft?.id ?? 0,
    revision: draft?.revision ?? 0,
    source: opened.source as TemplateDraftSource,
    note: draft?.note ?? '',
    locked,
  })
  const { source } = work
  const { design, manifest } = source
  const data = useData(source)
  const languages: readonly Language[] = design?.languages ?? manifest.languages
  const [spoken, setLanguage] = useUrlState('seen', languages[0])
  const language = languages.find(each => each === spoken) ?? languages[0] ?? 'zh-CN'
  const [whose, setWhose] = useState<Whose>({ customer: null, offer: '', example: 0 })
  const [tab] = useUrlState('tab', 'write')
  const seen = tab === 'preview' || (tab === 'write' && !narrow)
  const { own, family } = usePreview({ id, source, language, ...whose }, seen || tab === 'settings')
  const problems: readonly PlacedProblem[] = own.data?.problems ?? []

  const pane = (all: boolean) => (
    <PreviewPane
      own={own}
      family={all ? family : null}
      languages={languages}
      language={language}
      onLanguage={setLanguage}
      whose={whose}
      onWhose={setWhose}
      examples={data.examples}
    />
  )
  const write = (
    <div className={narrow ? 'stack' : 'write-layout'}>
      <div className="stack">
        {design ? (
          <DesignEditor
            design={design}
            channel={manifest.channel}
            fields={data.fields}
            criteria={data.criteria}
            fragments={data.fragments}
            problems={problems}
            locked={locked}
            change={(next, about) => work.change({ ...source, design: next }, about)}
            undo={work.canUndo ? work.undo : undefined}
            redo={work.canRedo ? work.redo : undefined}
          />
        ) : (
          <ExpertEditor
            files={source.files}
            problems={problems}
            locked={locked}
            onChange={(files, about) => work.change({ ...source, files }, about)}
          />
        )}
      </div>
      {narrow ? null : <aside className="write-preview">{pane(false)}</aside>}
    </div>
  )
  return (
    <ContentPage
      kind="template"
      opened={opened}
      work={work}
      locked={locked}
      title={say(manifest.title)}
      chips={
        <>
          <Chip>{term('channel', manifest.channel)}</Chip>
          <Chip tone="outline">{term('class', manifest.class)}</Chip>
        </>
      }
      expert={design ? work.revision : null}
      write={write}
      before={[{ key: 'preview', label: t('content.tab-preview'), children: pane(true) }]}
      after={[
        {
          key: 'proofs',
          label: t('content.tab-proofs'),
          children: <ProofTab templateId={id} versionId={draft?.version ?? heldVersion(versions)} />,
        },
        {
          key: 'settings',
          label: t('content.tab-settings'),
          children: <Settings source={source} fields={data.fields} locked={locked} change={work.change} />,
        },
      ]}
    />
  )
}

const NOTHING = { fields: [] as readonly Field[], examples: [] as FieldList['examples'] }

/** What the editor has to know besides the template: its data's fields, what rules ask of, fragments. */
function useData({ manifest, schema, brand, examples }: TemplateDraftSource) {
  const about = useMemo(
    () => JSON.stringify({ manifest, schema, brand, examples }),
    [manifest, schema, brand, examples],
  )
  const fields = useQuery({
    queryKey: ['/templates/fields', about],
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: before => before,
    queryFn: () => send<FieldList>('POST', '/templates/fields', { source: JSON.parse(about) }),
  })
  const criteria = useGet<CriteriaList>('/templates/criteria')
  const fragments = useGet<FragmentList>('/fragments')
  const known = fields.data
  return useMemo(
    () => ({
      fields: known?.rows ?? NOTHING.fields,
      examples: known?.examples ?? NOTHING.examples,
      criteria: criteria.data?.rows ?? [],
      fragments: fragments.data?.rows ?? [],
    }),
    [known, criteria.data, fragments.data],
  )
}
