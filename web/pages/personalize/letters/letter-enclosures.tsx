import { PaperClipOutlined } from '@ant-design/icons'
import { useRef, useState } from 'react'
import type { LetterContent, LetterEnclosure } from '../../../api/letters.ts'
import { upload } from '../../../api/upload.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Panel, useProblem, useToast } from '../../../kit/index.ts'

interface LetterEnclosuresProps {
  id: number
  content: LetterContent
  change: (part: Partial<LetterContent>) => void
}

const MOST = 5

export function LetterEnclosures({ id, content, change }: LetterEnclosuresProps) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const file = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const enclose = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return
    setBusy(true)
    try {
      const query = { name: chosen.name.slice(0, 120) }
      const stored = await upload<LetterEnclosure>('POST', `/letters/${id}/enclosures`, chosen, { query }).done
      change({ enclosures: [...content.enclosures.filter(({ sha256 }) => sha256 !== stored.sha256), stored] })
    } catch (error) {
      toast.failed(problem(error))
    } finally {
      setBusy(false)
      if (file.current) file.current.value = ''
    }
  }
  return (
    <Panel
      title={t('letters.enclosures')}
      note={t('letters.enclosures-note')}
      extra={
        <>
          <input
            ref={file}
            type="file"
            className="sr-only"
            tabIndex={-1}
            aria-label={t('letters.enclose')}
            accept="application/pdf,image/png,image/jpeg"
            onChange={event => void enclose(event.target.files?.[0])}
          />
          <Button
            icon={<PaperClipOutlined />}
            loading={busy}
            disabled={content.enclosures.length >= MOST}
            onClick={() => file.current?.click()}
          >
            {t('letters.enclose')}
          </Button>
        </>
      }
    >
      {content.enclosures.map(one => (
        <div key={one.sha256} className="row apart">
          <span className="break">
            {one.name} <span className="muted">· {t('letters.pages', { count: one.pages })}</span>
          </span>
          <Button
            size="small"
            onClick={() => change({ enclosures: content.enclosures.filter(({ sha256 }) => sha256 !== one.sha256) })}
          >
            {t('letters.remove')}
          </Button>
        </div>
      ))}
    </Panel>
  )
}
