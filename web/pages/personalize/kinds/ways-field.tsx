import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import type { KindBody, KindList } from '../../../../src/personalize/kinds/api.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Select } from '../../../kit/index.ts'
import { ChannelIcon } from '../channel-icon.tsx'

type Way = KindBody['ways'][number]
const CHANNELS = ['print', 'email', 'portal', 'sms', 'call', 'kiosk'] as const

interface WaysProps {
  ways: Way[]
  templates: KindList['templates']
  onChange: (ways: Way[]) => void
}

/** The ways of a kind in their order, each with its template. */
export function WaysField({ ways, templates, onChange }: WaysProps) {
  const { t, term } = useText()
  const free = CHANNELS.filter(channel => ways.every(way => way.channel !== channel))
  const moved = (from: number, to: number) => {
    const order = ways.filter((_, at) => at !== from)
    order.splice(to, 0, ways[from]!)
    onChange(order)
  }
  const templatesOf = (channel: string) => templates.filter(each => each.channel === channel).map(({ id }) => id)
  return (
    <div className="stack tight">
      <span className="label">{t('kinds.ways')}</span>
      {ways.map((way, at) => (
        <div key={way.channel} className="row tight">
          <ChannelIcon channel={way.channel} />
          <span style={{ minWidth: '5em' }}>{term('channel', way.channel)}</span>
          <Select
            aria-label={t('kinds.way-template', { channel: term('channel', way.channel) })}
            showSearch
            value={way.template}
            style={{ flex: '1 1 10em' }}
            options={[...new Set([way.template, ...templatesOf(way.channel)])].map(value => ({ value, label: value }))}
            onChange={template => onChange(ways.map((each, i) => (i === at ? { ...each, template } : each)))}
          />
          <Button
            type="text"
            icon={<ArrowUpOutlined />}
            aria-label={t('kinds.way-up')}
            disabled={at === 0}
            onClick={() => moved(at, at - 1)}
          />
          <Button
            type="text"
            icon={<ArrowDownOutlined />}
            aria-label={t('kinds.way-down')}
            disabled={at === ways.length - 1}
            onClick={() => moved(at, at + 1)}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('kinds.way-remove')}
            onClick={() => onChange(ways.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      {free.length > 0 ? (
        <Select<Way['channel'] | null>
          aria-label={t('kinds.add-way')}
          placeholder={t('kinds.add-way')}
          value={null}
          options={free.map(value => ({ value, label: term('channel', value) }))}
          onChange={channel => {
            if (channel) onChange([...ways, { channel, template: templatesOf(channel)[0] ?? channel }])
          }}
        />
      ) : null}
    </div>
  )
}
