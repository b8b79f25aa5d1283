import type { Field, KindList } from '../../../api/content.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Checkbox, DataTable, Field as FormField, Input, Panel, Select } from '../../../kit/index.ts'
import type { Language, TemplateDraftSource } from './model.ts'

interface SettingsProps {
  source: TemplateDraftSource
  fields: readonly Field[]
  locked: boolean
  change: (source: TemplateDraftSource, about?: string) => void
}

type Manifest = TemplateDraftSource['manifest']

/** What kind of communication it is, in which languages, and what happens when something is missing. */
export function Settings({ source, fields, locked, change }: SettingsProps) {
  const { t, term, say } = useText()
  const kinds = useGet<KindList>('/kinds')
  const { manifest, design } = source
  const set = (part: Partial<Manifest>, about = '') => change({ ...source, manifest: { ...manifest, ...part } }, about)
  const choice = <T extends string>(
    label: string,
    value: T,
    values: readonly T[],
    name: (value: T) => string,
    put: (value: T) => void,
  ) => (
    <FormField label={label}>
      {id => (
        <Select
          id={id}
          disabled={locked}
          value={value}
          popupMatchSelectWidth={220}
          options={values.map(one => ({ value: one, label: name(one) }))}
          onChange={put}
        />
      )}
    </FormField>
  )
  const named = kinds.data?.rows ?? []
  const codes = [...new Set([manifest.kind, ...named.map(({ code }) => code)])]
  const kindName = (code: string): string => {
    const kind = named.find(one => one.code === code)
    return kind ? say(kind.name) : code
  }
  const title = (id: 'en' | 'zh') => (
    <FormField label={t(`settings.title-${id}`)}>
      {field => (
        <Input
          id={field}
          disabled={locked}
          value={manifest.title[id]}
          onChange={event => set({ title: { ...manifest.title, [id]: event.target.value } }, `title ${id}`)}
        />
      )}
    </FormField>
  )
  const languages: readonly Language[] = ['zh-CN', 'zh-TW', 'en']
  const chosen = design?.languages ?? manifest.languages
  return (
    <div className="stack">
      <Panel title={t('settings.about')} note={t('settings.about-note')}>
        <div className="policy-fields">
          {title('zh')}
          {title('en')}
          {choice(t('settings.kind'), manifest.kind, codes, kindName, kind => set({ kind }))}
          {choice(
            t('settings.class'),
            manifest.class,
            ['legal', 'service', 'offer'],
            value => term('class', value),
            value => set({ class: value }),
          )}
          {choice(
            t('settings.legal-form'),
            manifest.legalForm,
            ['paper', 'electronic-with-consent', 'free'],
            value => term('legal-form', value),
            legalForm => set({ legalForm }),
          )}
          {manifest.channel === 'print'
            ? choice(
                t('settings.pdf'),
                manifest.pdf,
                ['1.7', 'a-2u', 'ua-1'],
                value => term('pdf', value),
                pdf => set({ pdf }),
              )
            : null}
        </div>
      </Panel>
      <Panel title={t('settings.languages')} note={t('settings.languages-note')}>
        <div className="row wrap">
          {languages.map(language => (
            <Checkbox
              key={language}
              disabled={locked || !design || (chosen.length === 1 && chosen[0] === language)}
              checked={chosen.includes(language)}
              onChange={({ target }) => {
                const next = target.checked ? [...chosen, language] : chosen.filter(one => one !== language)
                change({
                  ...source,
                  manifest: { ...manifest, languages: next },
                  ...(design ? { design: { ...design, languages: next } } : {}),
                })
              }}
            >
              {term('language', language)}{' '}
              {chosen[0] === language ? <span className="small muted">{t('settings.first-language')}</span> : null}
            </Checkbox>
          ))}
        </div>
        {design ? null : <p className="small muted">{t('settings.expert-languages')}</p>}
      </Panel>
      <Panel flush title={t('settings.missing')} note={t('settings.missing-note')}>
        <MissingRules manifest={manifest} fields={fields} locked={locked} onChange={missing => set({ missing })} />
      </Panel>
    </div>
  )
}

interface MissingRulesProps {
  manifest: Manifest
  fields: readonly Field[]
  locked: boolean
  onChange: (missing: Manifest['missing']) => void
}

/** Field by field: hold the message back, leave the block out, or put something in its place. */
function MissingRules({ manifest, fields, locked, onChange }: MissingRulesProps) {
  const { t, say } = useText()
  const { missing } = manifest
  const own = fields.filter(
    ({ list, path }) => list === null && !path.startsWith('brand.') && path !== 'unsubscribe' && path !== 'preferences',
  )
  const unknown = Object.keys(missing).filter(path => !own.some(field => field.path === path))
  const ruleOf = (path: string): 'none' | 'hold' | 'skip' | 'default' => {
    const rule = missing[path]
    return rule === undefined ? 'none' : typeof rule === 'string' ? rule : 'default'
  }
  const put = (path: string, rule: 'none' | 'hold' | 'skip' | 'default', value = '') => {
    const { [path]: _, ...rest } = missing
    onChange(rule === 'none' ? rest : { ...rest, [path]: rule === 'default' ? { default: value } : rule })
  }
  return (
    <>
      <DataTable
        rows={own}
        rowId={({ path }) => path}
        caption={t('settings.missing')}
        columns={[
          {
            id: 'field',
            title: t('editor.field'),
            cell: ({ name, path }) => (
              <span>
                {say(name)} <code className="small muted">{path}</code>
              </span>
            ),
            by: ({ path }) => path,
          },
          {
            id: 'may',
            title: t('settings.may-be-missing'),
            cell: ({ optional }) => (optional ? t('settings.yes-missing') : t('settings.never-missing')),
          },
          {
            id: 'rule',
            title: t('settings.then'),
            cell: ({ path, name }) => (
              <Select
                size="small"
                disabled={locked}
                aria-label={`${say(name)}: ${t('settings.then')}`}
                value={ruleOf(path)}
                popupMatchSelectWidth={240}
                options={(['none', 'hold', 'skip', 'default'] as const).map(value => ({
                  value,
                  label: t(`settings.rule-${value}`),
                }))}
                onChange={rule => put(path, rule)}
              />
            ),
          },
          {
            id: 'default',
            title: t('settings.instead'),
            cell: ({ path, name, type }) => {
              const rule = missing[path]
              if (typeof rule !== 'object') return null
              return (
                <Input
                  size="small"
                  disabled={locked}
                  aria-label={`${say(name)}: ${t('settings.instead')}`}
                  value={
                    typeof rule.default === 'string' || typeof rule.default === 'number'
                      ? String(rule.default)
                      : JSON.stringify(rule.default)
                  }
                  onChange={event => {
                    const text = event.target.value
                    const number = (type === 'number' || type === 'money') && /^-?\d+$/.test(text)
                    onChange({ ...missing, [path]: { default: number ? Number(text) : text } })
                  }}
                />
              )
            },
          },
        ]}
      />
      {unknown.length > 0 ? (
        <Callout tone="warn" title={t('settings.unknown-rules')}>
          {unknown.join(', ')}
        </Callout>
      ) : null}
    </>
  )
}
