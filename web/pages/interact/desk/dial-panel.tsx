import { useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Panel, Segmented, TextField } from '../../../kit/index.ts'
import { dialBy, keepDialBy } from './dial.ts'

/** What a click on a number starts on this computer. */
export function DialPanel() {
  const { t } = useText()
  const [by, setBy] = useState(dialBy)
  const change = (part: Partial<typeof by>): void => {
    const next = { ...by, ...part }
    setBy(next)
    keepDialBy(next)
  }
  return (
    <Panel title={t('dial.title')} note={t('dial.note')}>
      <div className="stack tight">
        <Segmented
          aria-label={t('dial.title')}
          value={by.scheme}
          onChange={scheme => change({ scheme })}
          options={(['tel', 'sip'] as const).map(value => ({ value, label: t(`dial.${value}`) }))}
          style={{ justifySelf: 'start' }}
        />
        {by.scheme === 'sip' ? (
          <TextField
            label={t('dial.host')}
            style={{ maxWidth: 320 }}
            maxLength={253}
            value={by.host}
            onChange={host => change({ host: host.trim() })}
          />
        ) : null}
      </div>
    </Panel>
  )
}
