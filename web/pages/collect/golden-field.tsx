import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { type ReactNode, useState } from 'react'
import { useMay } from '../../api/session.ts'
import type { GoldenField } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Chip } from '../../kit/index.ts'
import { Unmask } from './unmask.tsx'

/** A golden value, the source it came from, and the values it beat. */
export function GoldenFieldRow({ customerId, field }: { customerId: number; field: GoldenField }) {
  const { t, term, day, percent } = useText()
  const may = useMay()
  const [open, setOpen] = useState(false)
  const [plain, setPlain] = useState<string | null>(null)
  const value = plain ?? field.value
  const coded = field.field === 'gender' || field.field === 'language' || field.field === 'country'
  return (
    <div className="golden-row">
      <dt>{term('field', field.field)}</dt>
      <dd>
        <span className="from">
          {field.masked && plain === null && may('customers.unmask') ? (
            <Unmask customerId={customerId} field={field.field} onValue={setPlain} />
          ) : null}
          {field.holds ? (
            <Chip
              tone={field.holds.probability < 0.5 ? 'warn' : 'plain'}
              title={t('decay.holds-title', {
                percent: percent(field.holds.probability, 0),
                low: percent(field.holds.low, 0),
                high: percent(field.holds.high, 0),
              })}
            >
              {percent(field.holds.probability, 0)}
            </Chip>
          ) : null}
          <Chip title={[field.rowKey, field.at ? day(field.at) : ''].filter(Boolean).join(' · ')}>
            {term('source', field.source)}
          </Chip>
        </span>
        <span className="value break">
          {coded ? term(field.field, field.value) : field.field === 'birth_date' ? day(value) : broken(value)}
        </span>
        {field.beat.length > 0 ? (
          <>
            <button type="button" className="beat-door no-print" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? <DownOutlined /> : <RightOutlined />} {t('profile.beat', { count: field.beat.length })}
            </button>
            {open ? (
              <ul className="beat">
                {field.beat.map(loser => (
                  <li key={`${loser.source} ${loser.rowKey} ${loser.value}`}>
                    <span className="break lost">{loser.value}</span>
                    <span className="small muted">
                      {term('source', loser.source)} {loser.rowKey} · {term('why', loser.why)}
                    </span>
                  </li>
                ))}
              </ul>
            ) : null}
          </>
        ) : null}
      </dd>
    </div>
  )
}

/** An address of mail breaks after its @, if it must. */
function broken(value: string): ReactNode {
  const at = value.indexOf('@') + 1
  if (at === 0) return value
  return (
    <>
      {value.slice(0, at)}
      <wbr />
      {value.slice(at)}
    </>
  )
}
