import { Link } from 'react-router'
import { apiPath } from '../../../api/client.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Chip, Select } from '../../../kit/index.ts'
import { classTone } from './class-tone.ts'
import { CLASSES, type InboxMessage, type ReplyClass } from './types.ts'

interface Props {
  message: InboxMessage
  onLabel?: ((name: ReplyClass) => void) | undefined
}

/** As on the server: from here on what it means is acted on. */
const SURE = 0.85
const WORTH_SAYING = 0.05
/** What waits for a proof: the reader is told in full. */
const BINDS: ReadonlySet<string> = new Set(['accept', 'change'])
const STEPS = ['accepted', 'declined', 'stopped', 'noted', 'confirming', 'confirmed', 'person'] as const

/** One message as text, whatever it came as; what it is taken for with how sure that is, and one choice to correct it. */
export function MessageView({ message, onLabel }: Props) {
  const { t, instant, percent } = useText()
  const { messageId, direction, label, probability, by } = message
  const caseId = /^case:(\d+)$/.exec(message.followed ?? '')?.[1]
  const step = STEPS.find(one => one === message.followed)
  return (
    <article className={direction === 'in' ? 'inbox-message' : 'inbox-message ours'}>
      <header className="row soft">
        <span className="grow">
          {direction === 'in'
            ? message.address
            : message.userName
              ? t('ib.we', { name: message.userName })
              : t('ib.house')}
        </span>
        {message.proof === 'none' ? (
          <Chip tone="warn" title={t('ib.proof.none')}>
            {t('ib.not-proven')}
          </Chip>
        ) : message.proof !== '' ? (
          <Chip tone="good" title={t(`ib.proof.${message.proof}`)}>
            {t('ib.proven')}
          </Chip>
        ) : null}
        <time dateTime={message.at}>{instant(message.at)}</time>
      </header>
      {message.proof === 'none' && BINDS.has(message.class ?? '') ? (
        <Callout tone="warn">{t('ib.proof.none')}</Callout>
      ) : null}
      {message.foreign ? <Callout tone="warn">{t('ib.foreign')}</Callout> : null}
      <p className="said">{message.text || t('ib.empty')}</p>
      {message.quoted ? (
        <details>
          <summary className="soft">{t('ib.quoted')}</summary>
          <p className="said soft">{message.quoted}</p>
        </details>
      ) : null}
      {message.attachments.map((file, number) => (
        <p key={file.name + file.bytes} className="note">
          {file.refused ? (
            <>
              {file.name} · {t('ib.too-big', { size: megabytes(file.bytes) })}
            </>
          ) : (
            <a href={apiPath(`/inbox/messages/${messageId}/attachments/${number}`)} download={file.name}>
              {file.name}
            </a>
          )}{' '}
          <span className="soft">
            {file.type} · {t('ib.size', { size: megabytes(file.bytes) })}
          </span>
        </p>
      ))}
      {message.class ? (
        <footer className="row">
          <Chip tone={classTone(message.class, by !== 'model' || (probability ?? 0) >= SURE)}>
            {t(`ib.class.${message.class}`)}
          </Chip>
          <span className="soft">
            {by === 'model'
              ? t('ib.by.model', { p: percent(Math.min(0.99, probability ?? 0), 0) })
              : t(by === 'rule' ? 'ib.by.rule' : 'ib.by.person')}
          </span>
          {by === 'model'
            ? message.guesses
                .slice(1)
                .filter(([, p]) => p >= WORTH_SAYING)
                .map(([name, p]) => (
                  <span key={name} className="soft">
                    {t(`ib.class.${name}`)} {percent(p, 0)}
                  </span>
                ))
            : null}
          {onLabel ? (
            <Select
              size="small"
              aria-label={t('ib.correct')}
              placeholder={t('ib.correct')}
              value={label ?? null}
              popupMatchSelectWidth={false}
              onChange={(name: ReplyClass) => onLabel(name)}
              style={{ minWidth: 140 }}
              options={CLASSES.map((value, at) => ({ value, label: `${at + 1} ${t(`ib.class.${value}`)}` }))}
            />
          ) : null}
          {caseId ? <Link to={`/cases/${caseId}`}>{t('ib.case', { id: caseId })}</Link> : null}
          {step ? <span className="soft">{t(`ib.followed.${step}`)}</span> : null}
        </footer>
      ) : null}
    </article>
  )
}

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(bytes < 1_048_576 ? 2 : 1)
