import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

/** What is wrong in a template, and where: lines and columns from 1, the field of the data when one is at fault. */
export interface Problem {
  file: string
  line?: number
  column?: number
  field?: string
  /** The author's block, of files that were compiled from a design. */
  block?: string
  message: string
}

/** `main.typ:12:5 (due): invalid integer: x`, as the ledger keeps it. */
export function inOneLine({ file, line, column, field, block, message }: Problem): string {
  const place = `${file}${line === undefined ? '' : `:${line}:${column ?? 1}`}`
  return `${place}${block === undefined ? '' : ` [${block}]`}${field === undefined ? '' : ` (${field})`}${place === '' ? '' : ': '}${message}`
}

interface Diagnostic {
  message: string
  path: string
  range: { start: { line: number; character: number } } | null
}

/**
 * The first error of the print engine. A fault inside our prelude is told at the template's own line that led there (the engine lists
 * the callers after the error), since that is the line its author can change.
 */
export function typstProblem(
  typst: NodeCompiler,
  failure: Parameters<NodeCompiler['fetchDiagnostics']>[0],
  files: Readonly<Record<string, string>>,
): Problem {
  const found = typst.fetchDiagnostics(failure) as Diagnostic[]
  const located = found.filter(({ range }) => range !== null)
  const own = located.find(({ path }) => !path.endsWith('/huiyin.typ')) ?? located[0]
  const message = found[0]?.message ?? 'no document'
  if (!own?.range) return { file: 'main.typ', message }
  const file = own.path.split('/').at(-1) ?? 'main.typ'
  const { line, character } = own.range.start
  const lines = files[file]?.split('\n') ?? []
  const source = lines[line] ?? ''
  const field = fieldIn(source.slice(character)) ?? fieldIn(source)
  const block = blockOf(lines.slice(0, line + 1))
  return {
    file,
    line: line + 1,
    column: character + 1,
    ...(field ? { field } : {}),
    ...(block ? { block } : {}),
    message,
  }
}

/** Compiled blocks begin with a comment that names them. */
const blockOf = (lines: readonly string[]): string | undefined =>
  lines.flatMap(line => /^\s*\/\/ block (\S+)$/.exec(line)?.[1] ?? []).at(-1)

/** `data.to.name` and `t.intro` in a line of Typst name the field and the text. */
function fieldIn(source: string): string | undefined {
  const [, name] = /\b(?:data|t)\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)/.exec(source) ?? []
  // Methods of values are no fields: data.invoices.len()
  return name?.replace(/\.(?:len|map|filter|at|sum|contains|flatten)$/, '')
}
