import { CloseOutlined } from '@ant-design/icons'
import type { NeedReach, NeedServing } from '../../../api/products.ts'
import type { Text } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Chip, Input, Slider } from '../../../kit/index.ts'
import { ProductPicker } from './product-picker.tsx'

interface ServingsProps {
  servings: readonly NeedServing[]
  names: Readonly<Record<string, Text>>
  reach: NeedReach | undefined
  onChange: (servings: NeedServing[], named?: { key: string; name: Text }) => void
}

export const servingKey = ({ product, category }: NeedServing): string => product ?? `category:${category}`

/** Products and categories that serve the need, how well, and what staff may say of each. */
export function Servings({ servings, names, reach, onChange }: ServingsProps) {
  const { t, say, number, percent } = useText()
  const put = (k: number, change: Partial<NeedServing>) =>
    onChange(servings.map((own, i) => (i === k ? { ...own, ...change } : own)))
  const add = (key: string, name: Text) => {
    if (servings.some(serving => servingKey(serving) === key)) return
    const what = key.startsWith('category:') ? { category: key.slice('category:'.length) } : { product: key }
    onChange([...servings, { ...what, weight: 0.5, reason: { en: '', zh: '' } }], { key, name })
  }
  return (
    <div className="stack tight">
      {servings.map((serving, k) => {
        const key = servingKey(serving)
        const line = reach?.lines[k]
        return (
          <div key={key} className="serving-line">
            <div className="row apart nowrap-row">
              <span className="row">
                <span className="strong">{say(names[key] ?? { en: key, zh: key })}</span>
                {serving.category === undefined ? (
                  <span className="small muted mono">{serving.product}</span>
                ) : (
                  <Chip>{t('needs.category')}</Chip>
                )}
                {line ? (
                  <span className="small muted">{t('needs.line-reach', { count: number(line.proposed) })}</span>
                ) : null}
              </span>
              <Button
                type="text"
                icon={<CloseOutlined />}
                aria-label={t('needs.drop-product')}
                onClick={() => onChange(servings.filter((_, i) => i !== k))}
              />
            </div>
            <div className="serving-fields">
              <div className="row nowrap-row">
                <span className="small muted">{t('needs.weight')}</span>
                <Slider
                  className="grow"
                  min={0.05}
                  max={1}
                  step={0.05}
                  value={serving.weight}
                  onChange={weight => put(k, { weight })}
                />
                <span className="small">{percent(serving.weight, 0)}</span>
              </div>
              <Input
                value={serving.reason.zh}
                placeholder={t('needs.reason-zh')}
                aria-label={t('needs.reason-zh')}
                onChange={event => put(k, { reason: { ...serving.reason, zh: event.target.value } })}
              />
              <Input
                value={serving.reason.en}
                placeholder={t('needs.reason-en')}
                aria-label={t('needs.reason-en')}
                onChange={event => put(k, { reason: { ...serving.reason, en: event.target.value } })}
              />
            </div>
          </div>
        )
      })}
      <ProductPicker label={t('needs.add-product')} categories onPick={add} />
    </div>
  )
}
