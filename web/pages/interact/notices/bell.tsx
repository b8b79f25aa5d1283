import { BellOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import type { noticeList } from '../../../../src/interact/staff-notices/api.ts'
import { useGet } from '../../../api/queries.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Drawer } from '../../../kit/index.ts'

type NoticeList = z.output<typeof noticeList>

/** What the house tells whoever is signed in: themes that rise, trials that ended. */
export function Bell() {
  const { t, say, instant, number } = useText()
  const [open, setOpen] = useState(false)
  const query = useGet<NoticeList>('/notices', { every: () => 60_000 })
  const seen = useChangeOf<unknown>(['/notices'])
  const unseen = query.data?.unseen ?? 0
  const look = (noticeId: number | null): void =>
    seen.mutate({ method: 'POST', path: '/notices/seen', body: { noticeId } })
  const label = unseen > 0 ? t('ntc.unseen', { count: number(unseen) }) : t('ntc.title')
  return (
    <>
      <Button type="text" className="bell" aria-label={label} title={label} onClick={() => setOpen(true)}>
        <BellOutlined />
        {unseen > 0 ? <span className="bell-count">{unseen > 99 ? '99+' : number(unseen)}</span> : null}
      </Button>
      <Drawer
        open={open}
        title={t('ntc.title')}
        onClose={() => setOpen(false)}
        extra={
          unseen > 0 ? (
            <Button size="small" loading={seen.isPending} onClick={() => look(null)}>
              {t('ntc.all-seen')}
            </Button>
          ) : null
        }
      >
        <Async query={query} lines={4}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Blank title={t('ntc.none')}>{t('ntc.none-hint')}</Blank>
            ) : (
              <ul className="notices">
                {rows.map(notice => (
                  <li key={notice.noticeId}>
                    <Link
                      to={notice.path}
                      className={notice.seen ? '' : 'strong'}
                      onClick={() => {
                        setOpen(false)
                        if (!notice.seen) look(notice.noticeId)
                      }}
                    >
                      {say(notice.title)}
                    </Link>
                    <p>{say(notice.says)}</p>
                    <span className="small muted">{instant(notice.at)}</span>
                  </li>
                ))}
              </ul>
            )
          }
        </Async>
      </Drawer>
    </>
  )
}
