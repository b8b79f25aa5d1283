import { useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Input, InputNumber, Select } from '../../../kit/index.ts'
import type { CaseSettings } from './types.ts'

type Category = CaseSettings['categories'][number]
const KINDS = ['complaint', 'request', 'dispute'] as const

interface Props {
  categories: readonly Category[]
  onChange: (categories: Category[]) => void
}

/** What a case may be about: its names, the working time it has, and the skill it asks for. */
export function Categories({ categories, onChange }: Props) {
  const { t, say } = useText()
  const change = (at: number, part: Partial<Category>) => onChange(categories.with(at, { ...categories[at]!, ...part }))
  /** Each kind keeps one: it is taken where nobody says. */
  const last = ({ kind }: Category) => categories.filter(one => one.kind === kind).length === 1
  return (
    <section className="stack" aria-label={t('cs.categories')}>
      <span className="label">{t('cs.categories')}</span>
      {categories.map((category, at) => (
        <fieldset key={category.code} className="stack tight case-category">
          <legend className="small soft">
            {t(`cs.kind.${category.kind}`)} · <code>{category.code}</code>
          </legend>
          <div className="row">
            {(['zh', 'en'] as const).map(lang => (
              <Input
                key={lang}
                aria-label={t(lang === 'zh' ? 'cs.name-zh' : 'cs.name-en', { category: say(category.name) })}
                maxLength={80}
                value={category.name[lang]}
                onChange={event => change(at, { name: { ...category.name, [lang]: event.target.value } })}
              />
            ))}
          </div>
          <div className="row">
            <InputNumber
              aria-label={t('cs.time-of', { category: say(category.name) })}
              min={5}
              max={100_000}
              suffix={t('cs.working-minutes')}
              style={{ flex: 1 }}
              value={category.minutes}
              onChange={minutes => change(at, { minutes: minutes ?? category.minutes })}
            />
            <Input
              aria-label={t('cs.skill-of', { category: say(category.name) })}
              placeholder={t('cs.skill')}
              maxLength={40}
              style={{ flex: 1 }}
              value={category.skill}
              onChange={event => change(at, { skill: event.target.value.trim() })}
            />
            <Button
              disabled={last(category)}
              title={last(category) ? t('cs.category-last') : undefined}
              aria-label={t('cs.category-remove', { category: say(category.name) })}
              onClick={() => onChange(categories.filter(one => one !== category))}
            >
              {t('cs.remove')}
            </Button>
          </div>
        </fieldset>
      ))}
      <AddCategory taken={categories.map(({ code }) => code)} onAdd={category => onChange([...categories, category])} />
      <p className="note">{t('cs.skill-note')}</p>
    </section>
  )
}

function AddCategory({ taken, onAdd }: { taken: readonly string[]; onAdd: (category: Category) => void }) {
  const { t } = useText()
  const [kind, setKind] = useState<Category['kind']>('complaint')
  const [code, setCode] = useState('')
  const ready = /^[a-z0-9-]{1,40}$/.test(code) && !taken.includes(code)
  return (
    <div className="row">
      <Select
        aria-label={t('cs.kind')}
        value={kind}
        onChange={setKind}
        options={KINDS.map(value => ({ value, label: t(`cs.kind.${value}`) }))}
      />
      <Input
        aria-label={t('cs.category-code')}
        placeholder={t('cs.category-code')}
        maxLength={40}
        value={code}
        onChange={event => setCode(event.target.value)}
      />
      <Button
        disabled={!ready}
        onClick={() => {
          onAdd({ code, kind, name: { zh: code, en: code }, minutes: 480, skill: '' })
          setCode('')
        }}
      >
        {t('cs.category-add')}
      </Button>
    </div>
  )
}
