import { useGet } from '../../../api/queries.ts'
import type { CertificateView } from '../../../api/rights.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, DataTable, Modal } from '../../../kit/index.ts'

/** What was erased, what was kept and why, and where it still lies; to be printed or kept as a file. */
export function Certificate({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useText()
  const certificate = useGet<CertificateView>(`/rights/certificates/${id}`)
  return (
    <Modal open width={720} title={t('rights.certificate-title', { id })} onCancel={onClose} footer={null}>
      <Async query={certificate} lines={8}>
        {data => <Body certificate={data} />}
      </Async>
    </Modal>
  )
}

function Body({ certificate }: { certificate: CertificateView }) {
  const { t, instant, number, term } = useText()
  const { body, genuine } = certificate
  const kept = Map.groupBy(body.kept, item => `${item.reason}${item.until ? ` (${item.until})` : ''}`)
  const { genuine: _, ...file } = certificate
  const href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }))
  return (
    <div className="stack">
      <Callout tone={genuine ? 'good' : 'bad'}>{genuine ? t('rights.genuine') : t('rights.not-genuine')}</Callout>
      <dl className="pairs">
        <dt>{t('customer.title')}</dt>
        <dd>{body.customer}</dd>
        <dt>{t('rights.erased-at')}</dt>
        <dd>{instant(body.erasedAt)}</dd>
        <dt>{t('rights.tombstones')}</dt>
        <dd>{number(body.tombstones)}</dd>
        {body.backups.length > 0 ? (
          <>
            <dt>{t('rights.backups')}</dt>
            <dd className="break">{body.backups.join(', ')}</dd>
          </>
        ) : null}
        {body.outside.length > 0 ? (
          <>
            <dt>{t('rights.outside')}</dt>
            <dd className="break">{body.outside.join(', ')}</dd>
          </>
        ) : null}
        <dt>{t('rights.signature')}</dt>
        <dd className="mono small break">{certificate.signature}</dd>
      </dl>
      {[...kept].map(([reason, items]) => (
        <Callout key={reason} tone="warn" title={`${t('rights.kept')}: ${reason}`}>
          {items.map(item => item.what).join(', ')}
        </Callout>
      ))}
      <DataTable
        columns={[
          { id: 'what', title: t('rights.what'), cell: row => <span className="mono small">{row.what}</span> },
          { id: 'how', title: t('rights.how'), cell: row => term('erased', row.how) },
          { id: 'rows', title: t('rights.rows'), right: true, cell: row => number(row.rows) },
        ]}
        rows={body.erased}
        rowId={row => row.what}
      />
      <div className="row end">
        <Button href={href} download={`certificate-${body.certificate}.json`}>
          {t('action.download')}
        </Button>
      </div>
    </div>
  )
}
