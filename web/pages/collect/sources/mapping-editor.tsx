import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import type { DryRunReport, MappingOptions, MappingPreview, SourceDetail, SourceMapping } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Callout,
  Failed,
  Modal,
  modKey,
  Panel,
  useHotkeys,
  useLater,
  useProblem,
  useToast,
  Waiting,
} from '../../../kit/index.ts'
import { DryRunView } from './dry-run-view.tsx'
import { useFieldName } from './field-name.ts'
import { MappingSettings } from './mapping-settings.tsx'
import { SampleTable } from './sample-table.tsx'

interface MappingEditorProps {
  target: { file?: string; source?: string; address?: string }
  saved: SourceDetail | null
  name: string
}

/** How a file is read: settings, columns beside sample rows, a dry run, and then saved. */
export function MappingEditor({ target, saved, name }: MappingEditorProps) {
  const { t, say } = useText()
  const options = useGet<MappingOptions>('/sources/options')
  const [edited, setEdited] = useState<SourceMapping | null>(null)
  const [kind, setKind] = useState<SourceMapping['kind'] | null>(null)
  const shownFor = useLater(edited, 350)
  const preview = useQuery({
    queryKey: ['source-preview', target, shownFor, kind],
    queryFn: () =>
      send<MappingPreview>('POST', '/sources/preview', {
        ...target,
        ...(shownFor ? { mapping: shownFor } : {}),
        ...(kind && !shownFor ? { kind } : {}),
      }),
    placeholderData: before => before,
    retry: false,
  })
  if (preview.error)
    return <Failed error={preview.error} retry={() => void preview.refetch()} busy={preview.isFetching} />
  if (!preview.data) return <Waiting lines={12} />
  const found = preview.data
  const mapping = edited ?? found.mapping
  return (
    <Async query={options}>
      {offered => (
        <div className="stack">
          <Panel title={t('map.settings')}>
            <MappingSettings
              mapping={mapping}
              options={offered}
              sheets={found.sheets}
              isNew={saved === null}
              onChange={values => setEdited({ ...mapping, ...values })}
              onKind={next => {
                setEdited(null)
                setKind(next)
              }}
            />
          </Panel>
          {found.problem ? <Callout tone="bad">{say(found.problem)}</Callout> : null}
          <Panel title={t('map.columns')} note={preview.isFetching ? t('map.reading') : t('map.columns-note')} flush>
            <SampleTable
              mapping={mapping}
              fields={offered.fields[mapping.kind]}
              rows={found.rows}
              onField={(header, field) =>
                setEdited({
                  ...mapping,
                  columns: mapping.columns.map(column => (column.header === header ? { ...column, field } : column)),
                })
              }
            />
          </Panel>
          <Saving
            target={target}
            saved={saved}
            mapping={mapping}
            missing={found.missing}
            name={name}
            changed={edited !== null}
          />
        </div>
      )}
    </Async>
  )
}

interface SavingProps extends MappingEditorProps {
  mapping: SourceMapping
  missing: readonly string[]
  changed: boolean
}

function Saving({ target, saved, mapping, missing, name, changed }: SavingProps) {
  const { t } = useText()
  const fieldName = useFieldName()
  const navigate = useNavigate()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [inTurns, setInTurns] = useState(saved?.source.inTurns ?? true)
  const [asking, setAsking] = useState(false)
  const refresh = () =>
    client.invalidateQueries({ predicate: query => /^\/(sources|inbox|imports|loads)/.test(String(query.queryKey[0])) })
  const put = () => send<SourceDetail>('PUT', `/sources/${mapping.source}`, { ...target, mapping, inTurns })
  const save = useMutation({
    mutationFn: put,
    onSuccess: async detail => {
      const { version } = detail.source
      toast.done(version === saved?.source.version ? t('map.unchanged') : t('map.saved', { version }))
      await refresh()
      if (!saved) void navigate(`/sources/${detail.source.source}`)
    },
  })
  const tried = useMutation({
    mutationFn: () => send<DryRunReport>('POST', '/sources/dry-run', { ...target, mapping }),
  })
  const load = useMutation({
    mutationFn: async () => {
      const detail = await put()
      await send<{ loadId: number }>('POST', `/sources/${detail.source.source}/load`, {})
      return detail
    },
    onSuccess: async detail => {
      setAsking(false)
      toast.done(t('load.started'))
      await refresh()
      void navigate(`/sources/${detail.source.source}?tab=schedule`)
    },
  })
  const blocked = missing.length > 0 || !/^[a-z0-9][a-z0-9-]{0,40}$/.test(mapping.source)
  const error = save.error ?? tried.error
  useHotkeys({
    'mod+s': () => {
      if (!blocked && !save.isPending) save.mutate()
    },
  })
  return (
    <>
      {missing.length > 0 ? (
        <Callout tone="warn">
          {t('map.missing', { fields: missing.map(field => field.split(' / ').map(fieldName).join(' / ')).join(', ') })}
        </Callout>
      ) : null}
      {error ? <Callout tone="bad">{problem(error)}</Callout> : null}
      <div className="row end">
        <label className="row tight grow">
          <input type="checkbox" checked={inTurns} onChange={event => setInTurns(event.target.checked)} />{' '}
          {t('map.in-turns')}
        </label>
        <Button disabled={blocked} loading={tried.isPending} onClick={() => tried.mutate()}>
          {t('map.try')}
        </Button>
        <Button
          disabled={blocked || (saved !== null && !changed && inTurns === saved.source.inTurns)}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t('map.save')} <kbd className="in-button">{modKey} S</kbd>
        </Button>
        <Button
          type="primary"
          disabled={blocked}
          onClick={() => {
            load.reset()
            setAsking(true)
          }}
        >
          {t('map.import')}
        </Button>
      </div>
      {tried.isPending ? <Waiting lines={4} /> : tried.data ? <DryRunView report={tried.data} /> : null}
      <Modal
        open={asking}
        title={t('map.import')}
        okText={t('map.import')}
        cancelText={t('src.cancel')}
        okButtonProps={{ loading: load.isPending }}
        onOk={() => load.mutate()}
        onCancel={() => setAsking(false)}
      >
        <div className="stack tight">
          <p>{t('map.import-ask', { name, rows: tried.data?.rowsIn ?? 0 })}</p>
          {!saved || changed ? <p className="soft">{t('src.save-first')}</p> : null}
          {load.error ? <Callout tone="bad">{problem(load.error)}</Callout> : null}
        </div>
      </Modal>
    </>
  )
}
