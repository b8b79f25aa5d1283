import { templateFault } from './source-faults.ts'

/**
 * Every `.mjml` file to HTML, once per template version (4 ms): Liquid in it passes through untouched and is filled per
 * recipient. The HTML is part of the version, so a newer MJML does not change what was sent.
 */
export async function compileMjml(template: string, files: Record<string, string>): Promise<Record<string, string>> {
  const compiled: Record<string, string> = {}
  for (const [file, source] of Object.entries(files)) {
    if (!file.endsWith('.mjml')) continue
    // 200 ms and 60 MB, which no other command should pay for.
    const { default: mjml2html } = await import('mjml')
    const { html, errors: found } = await mjml2html(source, { validationLevel: 'soft', keepComments: false, fonts: {} })
    const first = found[0]
    if (first)
      throw templateFault(template, { file, line: first.line, column: 1, field: first.tagName, message: first.message })
    compiled[file.replace(/\.mjml$/, '.html')] = html.replace(/>\s+</g, '>\n<').replace(/\n{2,}/g, '\n')
  }
  return compiled
}
