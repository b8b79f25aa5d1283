import { useEffect, useRef } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Chip } from '../../../kit/index.ts'
import { ChannelIcon } from '../../personalize/channel-icon.tsx'
import { classTone } from './class-tone.ts'
import type { ThreadRow } from './types.ts'

/** One line of the list: who, what about, what it means and whether that is sure. */
export function ThreadItem({ row, chosen, onOpen }: { row: ThreadRow; chosen: boolean; onOpen: () => void }) {
  const { t, instant, lately } = useText()
  const item = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (chosen) item.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <li>
      <button
        ref={item}
        type="button"
        className={chosen ? 'inbox-item chosen' : 'inbox-item'}
        aria-current={chosen}
        onClick={onOpen}
      >
        <span className="row nowrap-row">
          <span title={t(`ib.channel.${row.channel}`)}>
            <ChannelIcon channel={row.channel} />
          </span>
          <span className="strong grow inbox-preview">{row.customerName || row.address || t('ib.nobody')}</span>
          <time className="small soft nowrap" dateTime={row.lastAt} title={instant(row.lastAt)}>
            {lately(row.lastAt)}
          </time>
        </span>
        <span className="inbox-preview soft">
          {row.subject ? <span className="strong">{row.subject} </span> : null}
          {row.preview}
        </span>
        <span className="row">
          <Chip tone={classTone(row.class, row.sure)}>
            {row.sure ? t(`ib.class.${row.class}`) : t('ib.doubtful', { class: t(`ib.class.${row.class}`) })}
          </Chip>
          {row.customerId === 0 ? <Chip tone="warn">{t('ib.nobody')}</Chip> : null}
          {row.ownerName ? <span className="small soft">{row.ownerName}</span> : null}
          {row.messages > 1 ? <span className="small soft">{t('ib.messages', { n: row.messages })}</span> : null}
        </span>
      </button>
    </li>
  )
}
