import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'react-router'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Chip, TabbedPage } from '../../../kit/index.ts'
import { Colleague } from './colleague.tsx'
import { type ContentKind, heldVersion, type Opened } from './open-content.tsx'
import { SaveMark } from './save-mark.tsx'
import type { SourceDraft } from './use-source.ts'
import { VersionsTab } from './versions/versions-tab.tsx'
import { Workflow } from './versions/workflow.tsx'

type Tab = ComponentProps<typeof TabbedPage>['tabs'][number]

interface ContentPageProps<T> {
  kind: ContentKind
  opened: Omit<Opened, 'source'>
  work: SourceDraft<T>
  locked: boolean
  title: string
  chips?: ReactNode
  /** As the workflow asks for it. */
  expert: number | null
  write: ReactNode
  /** Between writing and versions. */
  before?: readonly Tab[]
  /** After versions. */
  after?: readonly Tab[]
}

/** What templates and fragments have in common: state, workflow, who else is at it, versions. */
export function ContentPage<T>({ kind, opened, work, locked, title, chips, expert, ...parts }: ContentPageProps<T>) {
  const { t } = useText()
  const { id, versions, draft, onReload } = opened
  return (
    <TabbedPage
      title={title}
      lead={
        <span className="row wrap">
          <code>{id}</code>
          {chips}
          {draft ? (
            <Chip tone={draft.state === 'asked' ? 'accent' : 'warn'}>
              {t(draft.state === 'asked' ? 'content.asked' : 'content.draft')}
            </Chip>
          ) : (
            <Chip tone="good">{t('content.version', { version: heldVersion(versions) })}</Chip>
          )}
          {draft && !locked ? <SaveMark state={work.state} /> : null}
          <Link to={`/${kind}s`}>{t(kind === 'template' ? 'content.all-templates' : 'fragments.all')}</Link>
        </span>
      }
      actions={
        <Workflow
          kind={kind}
          id={id}
          draft={draft}
          versions={versions}
          save={work.saveNow}
          saved={work.state === 'saved'}
          expert={expert}
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
              {parts.write}
            </div>
          ),
        },
        ...(parts.before ?? []),
        {
          key: 'versions',
          label: t('content.tab-versions'),
          children: <VersionsTab kind={kind} id={id} versions={versions} draft={draft} />,
        },
        ...(parts.after ?? []),
      ]}
    />
  )
}
