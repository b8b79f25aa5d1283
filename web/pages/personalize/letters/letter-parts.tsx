import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Checkbox, Panel } from '../../../kit/index.ts'
import type { LetterPartProps } from './letter-regions.tsx'

/** In or out, and in which order; only neighbours in the template change places. */
export function LetterParts({ form, content, change }: LetterPartProps) {
  const { t } = useText()
  const groups = [...Map.groupBy(form.parts, part => part.group).values()].map(parts => {
    const own = parts.map(({ id }) => id)
    const order = [...content.order.filter(id => own.includes(id)), ...own.filter(id => !content.order.includes(id))]
    return order.flatMap(id => parts.find(part => part.id === id) ?? [])
  })
  const move = (group: readonly { id: string }[], at: number, by: number): void => {
    const ids = group.map(({ id }) => id)
    const [moved] = ids.splice(at, 1)
    ids.splice(at + by, 0, moved!)
    change({ order: [...content.order.filter(id => !ids.includes(id)), ...ids] })
  }
  return (
    <Panel title={t('letters.parts')}>
      {groups.map(group => (
        <div key={group[0]?.group}>
          {group.map((part, at) => {
            const on = content.parts[part.id] ?? part.on
            return (
              <div key={part.id} className="letter-part">
                <Checkbox
                  checked={on}
                  aria-label={part.title}
                  onChange={event => change({ parts: { ...content.parts, [part.id]: event.target.checked } })}
                />
                <div className={on ? '' : 'muted'}>
                  <span className="strong">{part.title}</span>
                  <div className="small">{part.text}</div>
                </div>
                {group.length > 1 ? (
                  <span className="row tight">
                    <Button
                      size="small"
                      icon={<ArrowUpOutlined />}
                      aria-label={`${t('letters.up')}: ${part.title}`}
                      disabled={at === 0}
                      onClick={() => move(group, at, -1)}
                    />
                    <Button
                      size="small"
                      icon={<ArrowDownOutlined />}
                      aria-label={`${t('letters.down')}: ${part.title}`}
                      disabled={at === group.length - 1}
                      onClick={() => move(group, at, 1)}
                    />
                  </span>
                ) : null}
              </div>
            )
          })}
        </div>
      ))}
    </Panel>
  )
}
