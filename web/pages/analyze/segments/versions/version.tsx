import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { send } from '../../../../api/client.ts'
import { useGet } from '../../../../api/queries.ts'
import type { VersionDetail } from '../../../../api/segments.ts'
import { useMay } from '../../../../api/session.ts'
import { useText } from '../../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Callout,
  Chip,
  Input,
  modKey,
  Page,
  Panel,
  Tabs,
  useHotkeys,
  useProblem,
  useToast,
  useUrlState,
} from '../../../../kit/index.ts'
import { Editor } from '../editor/editor.tsx'
import { useRules } from '../editor/use-rules.ts'
import { TrialTab } from '../trial/trial-tab.tsx'
import { Answer, type Deed } from './answer.tsx'
import { Changes } from './changes.tsx'
import { useStart } from './rules.tsx'
import { stateTone, versionTitle } from './version-words.ts'

export default function VersionPage() {
  const { t } = useText()
  const { version = '' } = useParams()
  const detail = useGet<VersionDetail>(`/segments/versions/${version}`)
  if (detail.data)
    return <VersionView key={`${detail.data.id} ${detail.data.revision} ${detail.data.state}`} detail={detail.data} />
  return (
    <Page title={t('seg.version')} crumb={<Link to="/segments/rules">{t('seg.title')}</Link>}>
      <Async query={detail} lines={12}>
        {() => null}
      </Async>
    </Page>
  )
}

function VersionView({ detail }: { detail: VersionDetail }) {
  const { t, day } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [tab, setTab] = useUrlState('tab', 'rules')
  const [deed, setDeed] = useState<Deed | null>(null)
  const draft = useRules(detail)
  const start = useStart()
  const editable = detail.state === 'draft' && !detail.deleted && may('segments.write')
  const refetch = () =>
    client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/segments/') })
  const save = useMutation({
    mutationFn: () =>
      send('PUT', `/segments/drafts/${detail.id}`, {
        revision: detail.revision,
        name: draft.name,
        note: detail.note,
        set: draft.set,
      }),
    onSuccess: async () => {
      draft.drop()
      toast.done(t('seg.saved'))
      await refetch()
    },
  })
  const drop = useMutation({
    mutationFn: () => send('POST', `/segments/drafts/${detail.id}/drop`),
    onSuccess: async () => {
      await refetch()
      toast.done(t('seg.dropped'))
      void navigate('/segments/rules')
    },
    onError: error => toast.failed(problem(error)),
  })
  useHotkeys({ 'mod+s': editable && draft.dirty ? () => save.mutate() : undefined })
  const failed = save.error ?? start.error
  return (
    <Page
      title={versionTitle(t, { id: detail.id, name: draft.name })}
      lead={
        <span className="row tight wrap-row">
          <Chip tone={stateTone[detail.state]}>{t(`seg-state.${detail.state}`)}</Chip>
          {detail.inForce ? <Chip tone="good">{t('seg.in-force')}</Chip> : null}
          {detail.effectiveFrom && detail.effectiveFrom !== '1970-01-01' ? (
            <span>{t('seg.from-day', { day: day(detail.effectiveFrom) })}</span>
          ) : null}
          {detail.decisionNote ? <span className="muted">{detail.decisionNote}</span> : null}
        </span>
      }
      crumb={<Link to="/segments/rules">{t('seg.title')}</Link>}
      actions={
        <span className="row wrap-row tight">
          {editable ? (
            <>
              <Button disabled={!draft.canUndo} onClick={draft.undo} title={`${modKey} Z`}>
                {t('seg.undo')}
              </Button>
              <Button disabled={!draft.canRedo} onClick={draft.redo} title={`${modKey} Y`}>
                {t('seg.redo')}
              </Button>
              <Button loading={drop.isPending} onClick={() => drop.mutate()}>
                {t('seg.throw-away')}
              </Button>
              <Button
                type={draft.dirty ? 'primary' : 'default'}
                disabled={!draft.dirty}
                loading={save.isPending}
                onClick={() => save.mutate()}
              >
                {t('seg.save')} <kbd className="in-button">{modKey} S</kbd>
              </Button>
              <Button type={draft.dirty ? 'default' : 'primary'} disabled={draft.dirty} onClick={() => setDeed('ask')}>
                {t('seg.ask')}
              </Button>
            </>
          ) : null}
          {detail.state === 'asked' && may('segments.approve') ? (
            <>
              <Button onClick={() => setDeed('withdraw')}>{t('seg.take-back')}</Button>
              <Button onClick={() => setDeed('refuse')}>{t('seg.refuse')}</Button>
              <Button type="primary" onClick={() => setDeed('approve')}>
                {t('seg.approve')}
              </Button>
            </>
          ) : null}
          {detail.state === 'approved' && may('segments.approve') ? (
            detail.inForce ? null : (
              <Button onClick={() => setDeed('roll-back')}>{t('seg.roll-back')}</Button>
            )
          ) : null}
          {detail.state !== 'draft' && may('segments.write') ? (
            <Button loading={start.isPending} onClick={() => start.mutate({ base: detail.id })}>
              {t('seg.new-draft-from')}
            </Button>
          ) : null}
        </span>
      }
    >
      <div className="stack">
        {failed ? <Callout tone="bad">{problem(failed)}</Callout> : null}
        {editable ? (
          <Input
            className="draft-name"
            aria-label={t('seg.draft-name')}
            placeholder={t('seg.draft-name')}
            maxLength={120}
            value={draft.name}
            onChange={event => draft.rename(event.target.value)}
          />
        ) : null}
        <div className="tabs-line">
          <Tabs
            activeKey={tab}
            onChange={setTab}
            items={[
              { key: 'rules', label: t('seg.rules'), children: <Editor draft={draft} locked={!editable} /> },
              {
                key: 'changes',
                label: t('seg.changes', { count: detail.changes.length }),
                children: (
                  <Panel flush title={detail.against === null ? null : t('seg.against', { version: detail.against })}>
                    {draft.dirty ? <p className="muted pad">{t('seg.saved-only')}</p> : null}
                    <Changes detail={detail} />
                  </Panel>
                ),
              },
              { key: 'trial', label: t('seg.trial'), children: <TrialTab version={detail.id} dirty={draft.dirty} /> },
            ]}
          />
        </div>
      </div>
      {deed ? <Answer detail={detail} deed={deed} onClose={() => setDeed(null)} /> : null}
    </Page>
  )
}
