import type { CustomerRow } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Chip } from '../../kit/index.ts'

export function CustomerCells({ row, narrow }: { row: CustomerRow; narrow: boolean }) {
  const { t, term, number } = useText()
  const name = (
    <span>
      <span className="strong">{row.name || t('customer.nameless')}</span>{' '}
      {isHan(row.name) && row.pinyin ? <span className="small muted">{row.pinyin}</span> : null}
    </span>
  )
  const place = [row.city, term('country', row.country)].filter(Boolean).join(', ')
  if (narrow)
    return (
      <>
        <span>
          {name}
          <br />
          <span className="small muted">{[row.mobile || row.email, place].filter(Boolean).join(' · ')}</span>
        </span>
        {row.kind === 'organisation' ? <Chip tone="accent">{term('kind', row.kind)}</Chip> : null}
      </>
    )
  return (
    <>
      {name}
      <span>
        {row.kind === 'organisation' ? (
          <Chip tone="accent">{term('kind', row.kind)}</Chip>
        ) : (
          <span className="soft">{term('kind', row.kind)}</span>
        )}
      </span>
      <span>{row.mobile || <Nothing />}</span>
      <span title={row.email}>{row.email || <Nothing />}</span>
      <span className="soft">{place || <Nothing />}</span>
      <span className="soft">{term('language', row.language)}</span>
      <span style={{ textAlign: 'right' }}>{number(row.records)}</span>
    </>
  )
}

const Nothing = () => <span className="muted">–</span>

export const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text)
