import { Link } from 'react-router'
import type { PairView } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { charDiff, type Piece } from './char-diff.ts'

/** In the order a person compares: who, then how to reach them, then where. */
const ORDER = [
  ...['kind', 'full_name', 'contact_person', 'gender', 'birth_date', 'id_number', 'org_code', 'account_no'],
  ...['mobile', 'mobile2', 'landline', 'email', 'country', 'province', 'city', 'district', 'street', 'postcode'],
  ...['address2', 'language'],
]

/** Two records side by side; what differs is marked, character by character. */
export function PairSides({ pair }: { pair: PairView }) {
  const { t, term } = useText()
  const { left, right, agree } = pair
  const fields = ORDER.filter(field => left.fields[field] || right.fields[field])
  return (
    <table className="pair-sides">
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{t('quality.field')}</span>
          </th>
          {[left, right].map(side => (
            <th key={`${side.source} ${side.rowKey}`} scope="col">
              <span className="block">{term('source', side.source)}</span>
              <span className="mono muted">{side.rowKey}</span>
              <Link className="small block" to={`/customers/${side.customerId}?tab=records`}>
                {t('identity.of-customer', { id: side.customerId, count: side.customerRecords })}
              </Link>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map(field => (
          <FieldRow
            key={field}
            field={field}
            left={left.fields[field] ?? ''}
            right={right.fields[field] ?? ''}
            agree={agree[field]}
          />
        ))}
      </tbody>
    </table>
  )
}

interface FieldRowProps {
  field: string
  left: string
  right: string
  /** undefined: one side does not say. */
  agree: boolean | undefined
}

function FieldRow({ field, left, right, agree }: FieldRowProps) {
  const { t, term } = useText()
  const word = (value: string): string =>
    field === 'kind' || field === 'gender' || field === 'language' || field === 'country' ? term(field, value) : value
  const coded = word(left) !== left || word(right) !== right
  const [a, b]: [Piece[], Piece[]] =
    agree === false && !coded
      ? charDiff(left, right)
      : [
          [{ from: 0, text: word(left), same: agree !== false }],
          [{ from: 0, text: word(right), same: agree !== false }],
        ]
  return (
    <tr className={agree === undefined ? 'silent' : agree ? 'agrees' : 'differs'}>
      <th scope="row">{term('field', field)}</th>
      {[a, b].map((pieces, side) => (
        <td key={side === 0 ? 'left' : 'right'}>
          {pieces.length === 0 || (pieces.length === 1 && pieces[0]?.text === '') ? (
            <span className="muted">–</span>
          ) : (
            pieces.map(piece => <PieceOf key={piece.from} piece={piece} />)
          )}
          {agree === false && left === right ? (
            <span className="small bad"> {t('identity.masked-differs')}</span>
          ) : null}
        </td>
      ))}
    </tr>
  )
}

const PieceOf = ({ piece }: { piece: Piece }) =>
  piece.same ? <span>{piece.text}</span> : <mark className="differs">{piece.text}</mark>
