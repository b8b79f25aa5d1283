import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { apiPath } from '../../api/client.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Segmented } from '../../kit/index.ts'
import { mailHead } from './mail-head.ts'
import type { Content } from './use-content.ts'

/** The mail as a mail program shows it, and as it went over the wire. */
export function MailViewer({ id, content }: { id: string; content: UseQueryResult<Content, Error> }) {
  const { t } = useText()
  const [view, setView] = useState<'mail' | 'source'>('mail')
  return (
    <Async query={content} lines={8}>
      {({ blob }) => (
        <div className="stack tight">
          <MailHead id={id} blob={blob} />
          <Segmented<'mail' | 'source'>
            className="no-print"
            value={view}
            onChange={setView}
            options={[
              { value: 'mail', label: t('comm.as-mail') },
              { value: 'source', label: t('comm.as-source') },
            ]}
            style={{ justifySelf: 'start' }}
          />
          {view === 'mail' ? (
            // No scripts, no forms, no way out: whatever a mail contains, it stays in its frame.
            <iframe
              className="mail"
              sandbox=""
              referrerPolicy="no-referrer"
              src={apiPath(`/communications/${id}/preview`)}
              title={t('comm.as-mail')}
            />
          ) : (
            <Source id={id} blob={blob} />
          )}
        </div>
      )}
    </Async>
  )
}

const useSource = (id: string, blob: Blob) =>
  useQuery({ queryKey: ['content-text', id], queryFn: () => blob.text(), staleTime: Number.POSITIVE_INFINITY })

function MailHead({ id, blob }: { id: string; blob: Blob }) {
  const { t } = useText()
  const source = useSource(id, blob)
  const head = mailHead(source.data ?? '')
  return (
    <dl className="pairs mail-head">
      <dt>{t('comm.from')}</dt>
      <dd>{head.from}</dd>
      <dt>{t('comm.to')}</dt>
      <dd>{head.to}</dd>
      <dt>{t('comm.subject')}</dt>
      <dd className="strong">{head.subject}</dd>
    </dl>
  )
}

function Source({ id, blob }: { id: string; blob: Blob }) {
  const source = useSource(id, blob)
  return <pre className="raw">{source.data}</pre>
}
