import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { useMemo } from 'react'
import type { Field, FragmentList, PlacedProblem } from '../../../api/content.ts'
import type { Criterion } from '../../../api/segments.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Chip,
  modKey,
  Panel,
  Segmented,
  useHotkeys,
  useNarrow,
  useUrlState,
} from '../../../kit/index.ts'
import type { ChipAsk } from '../../../kit/rich-text/rich-text.tsx'
import { BlockList } from './block-list.tsx'
import { duplicateBlock, insertBlock, moveBlock, removeBlock, shiftBlock, TOP, updateBlock } from './block-tree.ts'
import { chipLook } from './chip-look.ts'
import { EditorContext, type EditorKnows } from './editor-context.ts'
import { LineField } from './line-field.tsx'
import { missingIn } from './missing.ts'
import type { Block, Design, DesignChannel, Language } from './model.ts'
import { PageSettings } from './page-settings.tsx'
import { useAsk } from './use-ask.tsx'

interface DesignEditorProps {
  design: Design
  channel: DesignChannel
  fields: readonly Field[]
  criteria: readonly Criterion[]
  fragments: FragmentList['rows']
  problems: readonly PlacedProblem[]
  locked: boolean
  /** A fragment has no title, page or mail of its own. */
  bare?: boolean
  change: (design: Design, about?: string) => void
  undo?: (() => void) | undefined
  redo?: (() => void) | undefined
}

/** The blocks of a design, in one language or in all side by side. */
export function DesignEditor(props: DesignEditorProps) {
  const { design, channel, fields, criteria, problems, locked, bare, change, undo, redo } = props
  const speech = useText()
  const { t, term, say } = speech
  const narrow = useNarrow()
  const [open, setOpen] = useUrlState('language', design.languages[0])
  const asked = design.languages.find(language => language === open)
  const all = open === 'all' && !narrow
  const shown = useMemo<readonly Language[]>(
    () => (all ? design.languages : [asked ?? design.languages[0] ?? 'zh-CN']),
    [all, asked, design.languages],
  )

  const look = useMemo(() => chipLook(fields, criteria, speech), [fields, criteria, speech])
  const { ask, dialogs } = useAsk({ fields, criteria, look })
  const knows = useKnows(props, shown, look, ask)
  useHotkeys({
    'mod+z': locked ? undefined : undo,
    'mod+y': locked ? undefined : redo,
    'mod+Z': locked ? undefined : redo,
  })
  const missing = useMemo(
    () => new Map(design.languages.map(language => [language, missingIn(design, language)])),
    [design],
  )
  const gaps = missing.get(shown[0] ?? 'zh-CN') ?? []
  const own = problems.filter(({ block }) => block === '')
  return (
    <EditorContext.Provider value={knows}>
      <div className="stack">
        <div className="row wrap editor-bar">
          <Segmented
            value={shown.length > 1 ? 'all' : (shown[0] ?? 'zh-CN')}
            onChange={setOpen}
            aria-label={t('editor.languages')}
            options={[
              ...design.languages.map(language => {
                const count = missing.get(language)?.length ?? 0
                return {
                  value: language as string,
                  label: (
                    <span>
                      {term('language', language)} {count > 0 ? <Chip tone="warn">{count}</Chip> : null}
                    </span>
                  ),
                }
              }),
              ...(design.languages.length > 1 && !narrow ? [{ value: 'all', label: t('editor.side-by-side') }] : []),
            ]}
          />
          <span className="grow" />
          {locked ? null : (
            <>
              <Button
                icon={<UndoOutlined />}
                disabled={!undo}
                aria-label={t('editor.undo')}
                title={`${t('editor.undo')} ${modKey}+Z`}
                onClick={undo}
              />
              <Button
                icon={<RedoOutlined />}
                disabled={!redo}
                aria-label={t('editor.redo')}
                title={`${t('editor.redo')} ${modKey}+Y`}
                onClick={redo}
              />
            </>
          )}
        </div>
        {gaps.length > 0 && shown.length === 1 ? (
          <Callout
            tone="warn"
            title={t('editor.missing', { count: gaps.length, language: term('language', shown[0] ?? '') })}
          >
            {t('editor.missing-hint')}{' '}
            {[...new Set(gaps)]
              .filter(Boolean)
              .slice(0, 8)
              .map(id => (
                <a key={id} className="gap-link" href={`#block-${id}`}>
                  {id}
                </a>
              ))}
          </Callout>
        ) : null}
        {own.map(({ severity, message }) => (
          <Callout key={message.en} tone={severity === 'error' ? 'bad' : 'warn'}>
            {say(message)}
          </Callout>
        ))}
        {bare ? null : (
          <Panel title={t('editor.head')}>
            <div className="stack tight">
              <LineField
                label={t(channel === 'email' ? 'editor.subject' : 'editor.title')}
                value={design.title}
                onChange={title => change({ ...design, title }, 'title')}
              />
              <PageSettings design={design} channel={channel} locked={locked} change={change} />
            </div>
          </Panel>
        )}
        <Panel title={t('editor.blocks')} note={locked ? null : t('editor.blocks-note', { open: '{' })}>
          <BlockList blocks={design.blocks} place={TOP} />
        </Panel>
      </div>
      {dialogs}
    </EditorContext.Provider>
  )
}

function useKnows(
  { design, channel, fields, criteria, fragments, problems, locked, change }: DesignEditorProps,
  shown: readonly Language[],
  look: EditorKnows['look'],
  ask: ChipAsk,
): EditorKnows {
  return useMemo(() => {
    const blocks = (next: Block[], about = '') => {
      if (next !== design.blocks) change({ ...design, blocks: next }, about)
    }
    return {
      List: BlockList,
      fields,
      criteria,
      languages: design.languages,
      shown,
      channel,
      locked,
      fragments,
      problems: Map.groupBy(problems, ({ block }) => block),
      look,
      ask,
      blocks: design.blocks,
      change: (next, about) => blocks(updateBlock(design.blocks, next), about),
      put: (at, index, block) => blocks(insertBlock(design.blocks, at, index, block)),
      drop: id => blocks(removeBlock(design.blocks, id)),
      move: (id, to, index) => blocks(moveBlock(design.blocks, id, to, index)),
      shift: (id, by) => blocks(shiftBlock(design.blocks, id, by)),
      copy: id => blocks(duplicateBlock(design.blocks, id)),
    }
  }, [design, channel, fields, criteria, fragments, problems, locked, change, shown, look, ask])
}
