import { FilePdfOutlined } from '@ant-design/icons'
import type { WayTaken as Taken } from '../../../../src/personalize/kinds/api.ts'
import { apiPath } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Chip } from '../../../kit/index.ts'
import { Reasons } from './reasons.tsx'

/** Why a communication went the way it did, and what stood in the space it left; nothing where the ledger says nothing of it. */
export function WayTaken({ id }: { id: string }) {
  const { t } = useText()
  const { data } = useGet<Taken>(`/communications/${id}/way`)
  if (!data || (data.reasons.length === 0 && data.slots.length === 0 && !data.document)) return null
  return (
    <div className="stack tight" data-testid="way-taken">
      {data.reasons.length > 0 ? (
        <>
          <h3 className="label">
            {t('way.title')} {data.copy ? <Chip tone="accent">{t('way.copy')}</Chip> : null}
          </h3>
          <Reasons reasons={data.reasons} />
        </>
      ) : null}
      {data.document ? (
        <Button
          icon={<FilePdfOutlined />}
          href={apiPath(`/communications/${id}/document`)}
          target="_blank"
          style={{ justifySelf: 'start' }}
        >
          {t(`way.document.${data.document}`)}
        </Button>
      ) : null}
      {data.slots.map(slot => (
        <Slot key={`${slot.slot}/${slot.variant}`} slot={slot} />
      ))}
    </div>
  )
}

function Slot({ slot: { content, variant, freeMm, leftOut } }: { slot: Taken['slots'][number] }) {
  const { t, term } = useText()
  const named = (code: string) => term('slot-content', code)
  return (
    <div>
      <h3 className="label">{t('way.slot')}</h3>
      <ul className="plain-list">
        <li className="strong">
          {content === ''
            ? t('way.slot-empty')
            : t('way.slot-content', { content: named(content), variant: term('slot-variant', variant) })}
          {freeMm === null ? null : <span className="soft"> · {t('way.slot-free', { mm: freeMm })}</span>}
        </li>
        {Object.entries(leftOut).map(([code, field]) => (
          <li key={code} className="soft">
            {field === ''
              ? t('way.slot-missing', { content: named(code) })
              : t('way.slot-without', { content: named(code), field })}
          </li>
        ))}
      </ul>
    </div>
  )
}
