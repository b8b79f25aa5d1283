import { useState } from 'react'
import type { Asset } from '../../../api/content.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Checkbox, Field, InputNumber } from '../../../kit/index.ts'
import { AssetPicker } from './assets/asset-picker.tsx'
import { LineField } from './line-field.tsx'
import type { Design, DesignChannel } from './model.ts'

interface PageSettingsProps {
  design: Design
  channel: DesignChannel
  locked: boolean
  change: (design: Design, about?: string) => void
}

/** What belongs to the sheet or the mail as a whole. */
export function PageSettings({ design, channel, locked, change }: PageSettingsProps) {
  const { t } = useText()
  const { page, mail } = design
  if (channel === 'email') {
    const said = mail ?? { preheader: {}, why: {}, unsubscribe: {} }
    const line = (id: keyof typeof said) => (
      <LineField
        label={t(`editor.mail-${id}`)}
        value={said[id]}
        onChange={value => change({ ...design, mail: { ...said, [id]: value } }, id)}
      />
    )
    return (
      <>
        {line('preheader')}
        {line('why')}
        {line('unsubscribe')}
      </>
    )
  }
  if (channel !== 'print') return null
  return (
    <>
      <LineField
        label={t('editor.page-subject')}
        value={page.subject}
        onChange={subject => change({ ...design, page: { ...page, subject } }, 'subject')}
      />
      <div className="row wrap">
        <Field label={t('editor.page-size')}>
          {id => (
            <InputNumber
              id={id}
              disabled={locked}
              min={7}
              max={16}
              step={0.5}
              value={page.size}
              onChange={size => change({ ...design, page: { ...page, size: Number(size ?? 10.5) } }, 'size')}
            />
          )}
        </Field>
        <Checkbox
          disabled={locked}
          checked={page.head}
          onChange={({ target }) => change({ ...design, page: { ...page, head: target.checked } })}
        >
          {t('editor.page-head')}
        </Checkbox>
        <Checkbox
          disabled={locked}
          checked={page.justify}
          onChange={({ target }) => change({ ...design, page: { ...page, justify: target.checked } })}
        >
          {t('editor.page-justify')}
        </Checkbox>
        <PageFont design={design} locked={locked} change={change} />
      </div>
    </>
  )
}

function PageFont({ design, locked, change }: Omit<PageSettingsProps, 'channel'>) {
  const { t } = useText()
  const [picking, setPicking] = useState(false)
  const { font } = design.page
  const known = useGet<Asset>(`/assets/${font ?? ''}`, { enabled: font !== undefined })
  return (
    <div className="row">
      <span className="small">
        {t('editor.page-font')}:{' '}
        {font === undefined ? t('editor.house-font') : (known.data?.font?.family ?? font.slice(0, 8))}
      </span>
      {locked ? null : (
        <Button size="small" onClick={() => setPicking(true)}>
          {t('editor.other-font')}
        </Button>
      )}
      {font !== undefined && !locked ? (
        <Button
          size="small"
          type="text"
          onClick={() => {
            const { font: _, ...page } = design.page
            change({ ...design, page })
          }}
        >
          {t('editor.house-font')}
        </Button>
      ) : null}
      {picking ? (
        <AssetPicker
          kind="font"
          onClose={() => setPicking(false)}
          onPick={asset => {
            setPicking(false)
            change({ ...design, page: { ...design.page, font: asset.id } })
          }}
        />
      ) : null}
    </div>
  )
}
