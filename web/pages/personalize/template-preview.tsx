import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import type { Template } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Panel, Segmented } from '../../kit/index.ts'
import { PdfViewer } from './pdf-viewer.tsx'
import { ScriptViewer } from './script-viewer.tsx'
import { SmsViewer } from './sms-viewer.tsx'

/** The template's example, composed by the same engine as the real thing. */
export function TemplatePreview({ template }: { template: Template }) {
  const { t, say, term, lang } = useText()
  const [language, setLanguage] = useState(template.languages.includes(lang) ? lang : (template.languages[0] ?? lang))
  const example = useQuery({
    queryKey: ['template', template.id, template.version, language],
    queryFn: async ({ signal }) => {
      const answer = await ask(`/templates/${encodeURIComponent(template.id)}/preview`, { query: { language }, signal })
      const blob = await answer.blob()
      return { blob, mediaType: blob.type.split(';', 1)[0] ?? '', sha256: null }
    },
    staleTime: 60_000,
  })
  return (
    <Panel
      className="comm-viewer"
      title={say(template.name)}
      note={t('templates.example')}
      extra={
        template.languages.length > 1 ? (
          <Segmented
            value={language}
            onChange={setLanguage}
            options={template.languages.map(value => ({ value, label: term('language', value) }))}
          />
        ) : null
      }
    >
      <Async query={example} lines={10}>
        {data => {
          if (data.mediaType === 'application/pdf') return <PdfViewer content={example} title={say(template.name)} />
          if (data.mediaType === 'text/html') return <HtmlExample blob={data.blob} title={say(template.name)} />
          if (data.mediaType === 'application/json') return <ScriptViewer content={example} />
          return <SmsViewer content={example} segments={0} />
        }}
      </Async>
    </Panel>
  )
}

function HtmlExample({ blob, title }: { blob: Blob; title: string }) {
  const html = useQuery({ queryKey: ['template-html', blob.size, blob], queryFn: () => blob.text() })
  return <iframe className="mail" sandbox="" referrerPolicy="no-referrer" srcDoc={html.data ?? ''} title={title} />
}
