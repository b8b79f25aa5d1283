import { CheckOutlined, CloseOutlined, QuestionOutlined } from '@ant-design/icons'
import { useGet } from '../../api/queries.ts'
import type { CustomerConsentView } from '../../api/rights.ts'
import type { ConsentState } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'

const channels = ['email', 'sms', 'call', 'letter'] as const

/** Marketing by channel as it holds now: what was said a moment ago counts, whatever the last turn made of it. */
export function Consents({ id, consents }: { id: number; consents: ConsentState[] }) {
  const { t, term, day } = useText()
  const live = useGet<CustomerConsentView>(`/customers/${id}/consents`)
  const standing = live.data?.standing.filter(({ purpose }) => purpose === 'marketing') ?? consents
  return (
    <ul className="consents">
      {channels.map(channel => {
        const consent = standing.find(candidate => candidate.channel === channel)
        const state = consent ? (consent.granted ? 'granted' : 'refused') : 'unknown'
        return (
          <li key={channel}>
            <span
              className={state === 'granted' ? 'mark good' : state === 'refused' ? 'mark bad' : 'mark muted'}
              aria-hidden="true"
            >
              {state === 'granted' ? <CheckOutlined /> : state === 'refused' ? <CloseOutlined /> : <QuestionOutlined />}
            </span>
            <span className="strong">{term('channel', channel)}</span>
            <span className="soft">{term('consent', state)}</span>
            <span className="small muted">
              {consent ? `${term('source', consent.source)} · ${day(consent.at)}` : t('consent.never-asked')}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
