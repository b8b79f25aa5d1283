import { DownloadOutlined } from '@ant-design/icons'
import { apiPath } from '../../api/client.ts'
import type { Communication, Delivery } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, Button, Callout, Chip, Panel, toneOf } from '../../kit/index.ts'
import { Timeline } from './archive/timeline.tsx'
import { WayTaken } from './kinds/way-taken.tsx'
import { MailViewer } from './mail-viewer.tsx'
import { PageViewer } from './page-viewer.tsx'
import { PdfViewer } from './pdf-viewer.tsx'
import { ScriptViewer } from './script-viewer.tsx'
import { SmsViewer } from './sms-viewer.tsx'
import { useContent } from './use-content.ts'
import { Verified } from './verified.tsx'

interface ViewerProps {
  communication: Communication
  delivery?: Delivery | undefined
  /** Beside a talk: the document; its entry in the ledger on demand. */
  brief?: boolean
}

/** One communication, byte for byte as it was composed, with its entry in the ledger. */
export function CommunicationViewer({ communication, delivery, brief = false }: ViewerProps) {
  const { t, term, say, instant, bytes } = useText()
  const held = communication.state === 'held'
  const { gone } = communication
  const content = useContent(communication.communicationId, !held && gone === null)
  const entry = (
    <>
      <dl className="pairs ledger">
        <dt>{t('comm.composed-at')}</dt>
        <dd>{instant(communication.composedAt)}</dd>
        {delivery ? (
          <>
            <dt>{t('comm.delivery')}</dt>
            <dd>
              <Chip tone={toneOf(delivery.state)}>{term('state', delivery.state)}</Chip>{' '}
              {delivery.reason ? say(delivery.reason) : null}{' '}
              <span className="muted">
                {instant(delivery.at)} · {term('transport', delivery.transport)}
              </span>
              {delivery.receipt ? <div className="mono muted">{delivery.receipt}</div> : null}
            </dd>
          </>
        ) : null}
        <dt>{t('comm.template')}</dt>
        <dd>
          {communication.template} · {t('comm.version', { version: communication.templateVersion })} ·{' '}
          {term('language', communication.language)}
        </dd>
        <dt>{t('comm.size')}</dt>
        <dd>
          {bytes(communication.size)}
          {communication.pages > 0 ? ` · ${t('comm.pages', { count: communication.pages })}` : ''}
          {communication.segments > 0 ? ` · ${t('comm.segments', { count: communication.segments })}` : ''}
        </dd>
        {communication.sha256 ? (
          <>
            <dt>{t('comm.sha256')}</dt>
            <dd>
              <span className="mono" data-testid="sha256">
                {communication.sha256}
              </span>{' '}
              <Verified expected={communication.sha256} actual={content.data?.sha256 ?? null} />{' '}
              {content.data?.from === 'kept' ? <Chip tone="good">{t('ledger.kept')}</Chip> : null}
            </dd>
          </>
        ) : null}
        <dt>{t('comm.id')}</dt>
        <dd className="mono">{communication.communicationId}</dd>
      </dl>
      <WayTaken id={communication.communicationId} />
      <Timeline id={communication.communicationId} />
    </>
  )
  return (
    <Panel
      className="comm-viewer"
      title={communication.subject || term('comm-kind', communication.kind)}
      extra={
        held || gone ? (
          <Chip tone="warn">{term('state', gone ?? 'held')}</Chip>
        ) : (
          <Button
            className="no-print"
            icon={<DownloadOutlined />}
            href={apiPath(`/communications/${communication.communicationId}/content`)}
            download={`${communication.communicationId}.${extension[communication.channel] ?? 'bin'}`}
          >
            {t('action.download')}
          </Button>
        )
      }
    >
      <div className="stack">
        {gone ? (
          <Callout tone="warn">{t(`ledger.gone.${gone}`)}</Callout>
        ) : held ? (
          <Callout tone="warn" title={t('comm.held')}>
            {communication.reason ? say(communication.reason) : null}
          </Callout>
        ) : (
          <Content communication={communication} content={content} />
        )}
        {brief ? (
          <details>
            <summary className="soft">
              {t('comm.ledger')}{' '}
              {communication.sha256 ? (
                <Verified expected={communication.sha256} actual={content.data?.sha256 ?? null} />
              ) : null}
            </summary>
            <div className="stack">{entry}</div>
          </details>
        ) : (
          entry
        )}
      </div>
    </Panel>
  )
}

const extension: Record<string, string> = {
  print: 'pdf',
  email: 'eml',
  sms: 'txt',
  call: 'json',
  portal: 'html',
  kiosk: 'html',
}

function Content({ communication, content }: { communication: Communication; content: ReturnType<typeof useContent> }) {
  const { t } = useText()
  switch (communication.channel) {
    case 'print':
      return <PdfViewer content={content} title={communication.subject || t('comm.document')} />
    case 'email':
      return <MailViewer id={communication.communicationId} content={content} />
    case 'sms':
      return <SmsViewer content={content} segments={communication.segments} />
    case 'call':
      return <ScriptViewer content={content} />
    case 'portal':
    case 'kiosk':
      return <PageViewer id={communication.communicationId} title={communication.subject} />
    default:
      return <Blank title={t('comm.no-viewer')} />
  }
}
