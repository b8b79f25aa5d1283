import type { z } from 'zod'
import type { partView } from '../../../../src/interact/take-back/part.ts'
import { useText } from '../../../i18n/use-text.ts'

type Part = z.infer<typeof partView>

const keyOf = ({ what, channels, number, stays }: Part): string => `${what} ${channels} ${number} ${stays}`

/** What is taken back, and what stays and why. */
export function Parts({ parts }: { parts: readonly Part[] }) {
  const { t, number } = useText()
  const values = (part: Part) => ({
    channels: part.channels.map(one => t(`channel.${one}`)).join(t('ib.and')),
    n: number(part.number),
    id: String(part.number),
  })
  const back = parts.filter(part => part.stays === null)
  const stays = parts.filter(part => part.stays !== null)
  return (
    <>
      {back.length > 0 ? (
        <section>
          <p className="strong">{t('tb.takes-back')}</p>
          <ul>
            {back.map(part => (
              <li key={keyOf(part)}>{t(`tb.back.${part.what}`, values(part))}</li>
            ))}
          </ul>
        </section>
      ) : null}
      {stays.length > 0 ? (
        <section>
          <p className="strong">{t('tb.stays')}</p>
          <ul>
            {stays.map(part => (
              <li key={keyOf(part)}>
                {t(`tb.kept.${part.what}`, values(part))}{' '}
                <span className="soft">({t(`tb.why.${part.stays ?? 'worked-on'}`)})</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}
