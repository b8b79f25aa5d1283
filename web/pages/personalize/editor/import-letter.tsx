import { FileWordOutlined } from '@ant-design/icons'
import { useRef, useState } from 'react'
import type { ImportedLetter } from '../../../api/content.ts'
import type { TemplateList } from '../../../api/types.ts'
import { upload } from '../../../api/upload.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Chip, DataTable, Field, Modal, Progress, Select, useProblem } from '../../../kit/index.ts'
import { NewTemplate } from './new-template.tsx'

/** A letter that exists in Word as the start of a template: what was read, what it could not take, then its name. */
export function ImportLetter({ live, onClose }: { live: TemplateList['rows']; onClose: () => void }) {
  const { t, say } = useText()
  const problem = useProblem()
  const input = useRef<HTMLInputElement>(null)
  const [like, setLike] = useState((live.find(({ id }) => id === 'letter') ?? live[0])?.id ?? '')
  const [share, setShare] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [letter, setLetter] = useState<ImportedLetter | null>(null)
  const [naming, setNaming] = useState(false)
  const read = async (file: File) => {
    setShare(0)
    setError(null)
    try {
      setLetter(
        await upload<ImportedLetter>('POST', '/templates/import-letter', file, {
          query: { name: file.name, like },
          onShare: setShare,
        }).done,
      )
    } catch (failed) {
      setError(failed)
    } finally {
      setShare(null)
    }
  }
  if (naming && letter) return <NewTemplate live={live} design={letter.design} onClose={onClose} />
  return (
    <Modal
      open
      width={760}
      title={t('import.title')}
      okText={t('import.go-on')}
      cancelText={t('action.close')}
      okButtonProps={{ disabled: letter === null }}
      onCancel={onClose}
      onOk={() => setNaming(true)}
    >
      <div className="stack tight">
        <p>{t('import.what', { open: '{{ … }}' })}</p>
        <Field label={t('import.like')}>
          {id => (
            <Select
              id={id}
              value={like}
              options={live.map(one => ({ value: one.id, label: say(one.name) }))}
              onChange={setLike}
            />
          )}
        </Field>
        <input
          ref={input}
          type="file"
          hidden
          accept=".docx"
          aria-label={t('import.choose')}
          onChange={event => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) void read(file)
          }}
        />
        <div>
          <Button
            type={letter ? 'default' : 'primary'}
            icon={<FileWordOutlined />}
            loading={share !== null}
            onClick={() => input.current?.click()}
          >
            {t('import.choose')}
          </Button>
        </div>
        {share !== null ? <Progress percent={Math.round(100 * share)} size="small" /> : null}
        {error ? (
          <Callout tone="bad" title={t('import.refused')}>
            {problem(error)}
          </Callout>
        ) : null}
        {letter ? <Found letter={letter} /> : null}
      </div>
    </Modal>
  )
}

function Found({ letter }: { letter: ImportedLetter }) {
  const { t, say } = useText()
  return (
    <>
      <Callout
        tone="good"
        title={t('import.found', {
          blocks: letter.design.blocks.length,
          fields: letter.fields.length,
          pictures: letter.pictures,
        })}
      >
        {letter.fields.map(({ name, path, known }) => (
          <Chip key={name} tone={known ? 'good' : 'warn'} title={known ? path : t('import.unknown-field')}>
            {name} → {path}
          </Chip>
        ))}
      </Callout>
      {letter.notTaken.length === 0 ? (
        <p className="small muted">{t('import.all-taken')}</p>
      ) : (
        <DataTable
          caption={t('import.not-taken')}
          rows={letter.notTaken}
          rowId={row => `${row.paragraph} ${row.words} ${row.what.en}`}
          columns={[
            {
              id: 'at',
              title: t('import.paragraph'),
              cell: row => (row.paragraph === 0 ? t('import.whole') : row.paragraph),
            },
            { id: 'words', title: t('import.words'), cell: row => row.words },
            { id: 'what', title: t('import.not-taken'), cell: row => say(row.what) },
          ]}
        />
      )}
    </>
  )
}
