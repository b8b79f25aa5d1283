import type { UseQueryResult } from '@tanstack/react-query'
import type { Preview } from '../../../../api/content.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Blank, Callout, Chip, Segmented, useProblem, Waiting } from '../../../../kit/index.ts'
import type { Language } from '../model.ts'
import { ShownMessage } from './shown-message.tsx'
import { type Whose, WhosePick } from './whose.tsx'

interface PreviewPaneProps {
  own: UseQueryResult<Preview, Error>
  family: UseQueryResult<Preview, Error> | null
  languages: readonly Language[]
  language: Language
  onLanguage: (language: Language) => void
  whose: Whose
  onWhose: (whose: Whose) => void
  examples: readonly { id: string; language: string }[]
}

/** What is written, as it would reach somebody; the other channels of its kind beside it. */
export function PreviewPane({
  own,
  family,
  languages,
  language,
  onLanguage,
  whose,
  onWhose,
  examples,
}: PreviewPaneProps) {
  const { t, term } = useText()
  const problem = useProblem()
  const shown = [...(own.data?.shown ?? []), ...(family?.data?.shown ?? [])]
  const busy = own.isFetching || (family?.isFetching ?? false)
  return (
    <div className="stack tight preview-pane">
      <div className="row wrap">
        <WhosePick whose={whose} examples={examples} onChange={onWhose} />
        <Segmented<Language>
          size="small"
          value={language}
          onChange={onLanguage}
          options={languages.map(value => ({ value, label: term('language', value) }))}
        />
        {own.data?.masked ? (
          <Chip tone="warn" title={t('preview.masked-hint')}>
            {t('preview.masked')}
          </Chip>
        ) : null}
        <span className="small muted" role="status">
          {busy ? t('preview.composing') : ''}
        </span>
      </div>
      {own.isError ? (
        <Callout tone="bad" title={t('preview.failed')}>
          {problem(own.error)}
        </Callout>
      ) : null}
      {own.isPending ? <Waiting lines={10} /> : null}
      {own.data && shown.length === 0 ? <Blank title={t('preview.none')}>{t('preview.none-hint')}</Blank> : null}
      <div className={shown.length > 1 ? 'shown-grid' : 'shown-grid one'}>
        {shown.map(one => (
          <ShownMessage key={one.channel} shown={one} />
        ))}
      </div>
    </div>
  )
}
