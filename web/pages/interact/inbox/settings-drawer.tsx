import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Callout, Checkbox, Drawer, useProblem } from '../../../kit/index.ts'
import type { InboxSettings } from './types.ts'

/** What follows from messages by itself, and what must be proven first. */
export function SettingsDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const may = useMay()
  const problem = useProblem()
  const query = useGet<InboxSettings>('/inbox/settings')
  const save = useChangeOf<InboxSettings>(['/inbox/settings'])
  return (
    <Drawer open size={560} title={t('ib.settings')} onClose={onClose}>
      <div className="stack">
        <p>{t('ib.settings-lead')}</p>
        <Async query={query}>
          {settings => (
            <div>
              <Checkbox
                checked={settings.confirmSms}
                disabled={!may('inbox.manage') || save.isPending}
                onChange={event =>
                  save.mutate({
                    method: 'PUT',
                    path: '/inbox/settings',
                    body: { ...settings, confirmSms: event.target.checked },
                  })
                }
              >
                {t('ib.confirm-sms')}
              </Checkbox>
              <p className="note">{t('ib.confirm-sms-note')}</p>
            </div>
          )}
        </Async>
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <p className="note">{t('ib.proof-note')}</p>
      </div>
    </Drawer>
  )
}
