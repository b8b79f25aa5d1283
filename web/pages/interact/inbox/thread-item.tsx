import { useText } from '../../../i18n/use-text.ts'
import { Chip } from '../../../kit/index.ts'
import type { ThreadRow } from './types.ts'

/** One line of the list: who, what about, what it means and whether that is sure. */
export function ThreadItem({ row, chosen, onOpen }: { row: ThreadRow; chosen: boolean; onOpen: () => void }) {
  const { t, instant } = useText()
  return (
    <li>
      <button
        type="button"
        className={chosen ? 'inbox-item chosen' : 'inbox-item'}
        aria-current={chosen}
        onClick={onOpen}
      >
        <span className="row">
          <span className="strong grow">{row.customerName || row.address || t('ib.nobody')}</span>
          <span className="soft">{instant(row.lastAt)}</span>
        </span>
        <span className="inbox-preview">{row.subject ? `${row.subject} — ${row.preview}` : row.preview}</span>
        <span className="row">
          <Chip tone={row.class === 'complaint' || row.class === 'stop' ? 'bad' : row.sure ? 'plain' : 'warn'}>
            {t(`ib.class.${row.class}`)}
            {row.sure ? '' : ' ?'}
          </Chip>
          <Chip tone="outline">{t(`ib.channel.${row.channel}`)}</Chip>
          {row.ownerName ? <span className="soft">{row.ownerName}</span> : null}
          {row.messages > 1 ? <span className="soft">{t('ib.messages', { n: row.messages })}</span> : null}
        </span>
      </button>
    </li>
  )
}
