import type { LetterContent, LetterForm } from '../../../api/letters.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Field, Input, Panel } from '../../../kit/index.ts'

export interface LetterPartProps {
  form: LetterForm
  content: LetterContent
  change: (part: Partial<LetterContent>) => void
}

/** Open regions begin with the template's words; locked ones are shown, so that nobody writes them again. */
export function LetterRegions({ form, content, change }: LetterPartProps) {
  const { t } = useText()
  const write = (id: string, text: string | undefined): void => {
    const { [id]: _before, ...others } = content.texts
    change({ texts: text === undefined ? others : { ...others, [id]: text } })
  }
  return (
    <Panel title={t('letters.regions')}>
      <div className="stack">
        {form.regions.map(region =>
          region.open ? (
            <Field key={region.id} label={region.title}>
              {id => (
                <>
                  <Input.TextArea
                    id={id}
                    maxLength={10_000}
                    autoSize={{ minRows: 4, maxRows: 18 }}
                    value={content.texts[region.id] ?? region.text}
                    onChange={event => write(region.id, event.target.value)}
                  />
                  {content.texts[region.id] !== undefined ? (
                    <Button size="small" onClick={() => write(region.id, undefined)}>
                      {t('letters.back-to-template')}
                    </Button>
                  ) : null}
                </>
              )}
            </Field>
          ) : (
            <div key={region.id} className="field">
              <span className="label">
                {region.title} <span className="muted">· {t('letters.locked')}</span>
              </span>
              <div className="letter-locked soft">{region.text}</div>
            </div>
          ),
        )}
      </div>
    </Panel>
  )
}
