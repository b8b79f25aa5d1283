import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useMay } from '../../../api/session.ts'
import type { SourceDetail } from '../../../api/types.ts'
import { isMessage } from '../../../i18n/i18n.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Chip, Modal, Panel, useProblem, useToast } from '../../../kit/index.ts'
import { useFieldName } from './field-name.ts'

type Version = SourceDetail['versions'][number]
type Change = Version['changes'][number]

/** Every version of a mapping with what it changed, by whom; an older one can be brought back. */
export function Versions({ detail }: { detail: SourceDetail }) {
  const { t, instant } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [asking, setAsking] = useState<Version | null>(null)
  const { source } = detail.source
  const restore = useMutation({
    mutationFn: (version: number) => send<SourceDetail>('POST', `/sources/${source}/restore`, { version }),
    onSuccess: async next => {
      setAsking(null)
      toast.done(t('ver.restored-now', { version: next.source.version }))
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/sources') })
    },
  })
  return (
    <Panel title={t('ver.title')} note={t('ver.note')} flush>
      <ol>
        {detail.versions.map((version, place) => (
          <li key={version.version} className="version">
            <div className="row apart">
              <span>
                <span className="strong">{t('src.version', { version: version.version })}</span>{' '}
                <span className="soft small">
                  {t('ver.by', { who: version.savedBy, at: instant(version.savedAt) })}
                </span>{' '}
                {version.restoredFrom ? <Chip>{t('ver.restored', { version: version.restoredFrom })}</Chip> : null}
              </span>
              {place > 0 && may('collect.import') ? (
                <Button
                  size="small"
                  onClick={() => {
                    restore.reset()
                    setAsking(version)
                  }}
                >
                  {t('ver.restore')}
                </Button>
              ) : null}
            </div>
            {place === detail.versions.length - 1 ? (
              <span className="small muted">{t('ver.first')}</span>
            ) : version.changes.length === 0 ? (
              <span className="small muted">{t('ver.same')}</span>
            ) : (
              version.changes.map(change => <ChangeLine key={`${change.what} ${change.name}`} change={change} />)
            )}
          </li>
        ))}
      </ol>
      <Modal
        open={asking !== null}
        title={t('ver.restore')}
        okText={t('ver.restore')}
        cancelText={t('src.cancel')}
        okButtonProps={{ loading: restore.isPending }}
        onOk={() => asking && restore.mutate(asking.version)}
        onCancel={() => setAsking(null)}
      >
        <div className="stack tight">
          <p>{t('ver.restore-ask', { version: asking?.version ?? 0 })}</p>
          {restore.error ? <Callout tone="bad">{problem(restore.error)}</Callout> : null}
        </div>
      </Modal>
    </Panel>
  )
}

function ChangeLine({ change }: { change: Change }) {
  const { t } = useText()
  const fieldName = useFieldName()
  const id = `set.${change.name}`
  const name = change.what === 'column' ? change.name : isMessage(id) ? t(id) : change.name
  const value = (text: string) =>
    text === '' ? t('ver.none') : change.what === 'column' ? fieldName(text.replace(/ .*$/, '')) : text
  return (
    <div className="change">
      <span>
        {name}: <span className="soft">{value(change.before)}</span>
      </span>
      <span className="muted">→</span>
      <span>{value(change.after)}</span>
    </div>
  )
}
